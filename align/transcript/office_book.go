package transcript

import (
	"bytes"
	"errors"
	"net/url"
	"path"
	"strings"
	"unicode/utf8"
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
			spine = append(spine, attrs["idref"])
		}
		return true
	}, nothing, nothing)
	if err != nil {
		return err
	}
	var encrypted []byte
	if o.parts["META-INF/encryption.xml"] != nil {
		if encrypted, err = o.part("META-INF/encryption.xml"); err != nil {
			return err
		}
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
		if bytes.Contains(encrypted, []byte(name)) {
			return errors.New("it is protected against copying: give its text")
		}
		data, err := o.part(name)
		if err != nil {
			return err
		}
		text := strings.ToValidUTF8(string(data), string(utf8.RuneError))
		for _, l := range readHTML(normalize(text)) {
			p.num++
			l.num = p.num
			p.lines = append(p.lines, l)
		}
	}
	return nil
}
