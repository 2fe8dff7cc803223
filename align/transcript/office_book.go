package transcript

import (
	"cmp"
	"errors"
	"net/url"
	"path"
	"strings"
)

// isBook reports whether the file is an e-book.
func (o *office) isBook() bool { return o.parts["META-INF/container.xml"] != nil }

// readBook reads the pages of an e-book in their order.
func (o *office) readBook(p *paragraphs) error {
	container, err := o.part("META-INF/container.xml")
	if err != nil {
		return err
	}
	root := ""
	nothing := func(string) {}
	err = walk(container, func(name string, attrs map[string]string) bool {
		if name == "rootfile" && root == "" {
			root = attrs["full-path"]
		}
		return true
	}, nothing, nothing)
	if err != nil {
		return err
	}
	contents, err := o.part(root)
	if err != nil {
		return err
	}
	pages := map[string]string{} // by their numbers in the manifest
	var spine []string
	err = walk(contents, func(name string, attrs map[string]string) bool {
		switch name {
		case "item":
			kind, contents := attrs["media-type"], strings.Contains(attrs["properties"], "nav")
			if !contents && (kind == "application/xhtml+xml" || kind == "text/html") {
				pages[attrs["id"]] = attrs["href"]
			}
		case "itemref":
			if attrs["linear"] != "no" { // such a page is a note or an answer, apart from the text
				spine = append(spine, attrs["idref"])
			}
		}
		return true
	}, nothing, nothing)
	if err != nil {
		return err
	}
	encrypted, err := o.encrypted()
	if err != nil {
		return err
	}
	folded := make(map[string]string, len(o.parts)) // programs may write a name in another letter case elsewhere
	for name := range o.parts {
		folded[strings.ToLower(name)] = max(name, folded[strings.ToLower(name)])
	}
	for _, id := range spine {
		href, ok := pages[id]
		if !ok {
			continue
		}
		delete(pages, id) // each once, whatever the spine says
		href, _, _ = strings.Cut(href, "#")
		if plain, err := url.PathUnescape(href); err == nil {
			href = plain
		}
		name := path.Join(path.Dir(root), href)
		if o.parts[name] == nil {
			name = cmp.Or(folded[strings.ToLower(name)], name)
		}
		if encrypted[name] {
			return errors.New("it is protected against copying: give its text")
		}
		data, err := o.part(name)
		if err != nil {
			return err
		}
		for _, l := range readHTML(normalize(decoded(data))) {
			p.num++
			l.num = p.num
			p.lines = append(p.lines, l)
		}
	}
	return nil
}

// encrypted returns the names of the parts that are encrypted. Those of a book that anybody may read are its fonts.
func (o *office) encrypted() (map[string]bool, error) {
	const list = "META-INF/encryption.xml"
	if o.parts[list] == nil {
		return nil, nil
	}
	data, err := o.part(list)
	if err != nil {
		return nil, err
	}
	names := map[string]bool{}
	nothing := func(string) {}
	err = walk(data, func(name string, attrs map[string]string) bool {
		if name == "CipherReference" {
			part := attrs["URI"]
			if plain, err := url.PathUnescape(part); err == nil {
				part = plain
			}
			names[path.Clean(strings.TrimPrefix(part, "/"))] = true
		}
		return true
	}, nothing, nothing)
	return names, err
}
