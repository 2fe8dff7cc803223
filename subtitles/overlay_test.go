package subtitles

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"cuewright/subtitles/format"
)

// TestOverlayFitsItsPage: the clips of an overlay follow each other from the start of the recording to its end, each names a
// sentence of the page, in order, and both files are sound XML.
func TestOverlayFitsItsPage(t *testing.T) {
	type smil struct {
		Pars []struct {
			Text struct {
				Src string `xml:"src,attr"`
			} `xml:"text"`
			Audio struct {
				Src   string `xml:"src,attr"`
				Begin string `xml:"clipBegin,attr"`
				End   string `xml:"clipEnd,attr"`
			} `xml:"audio"`
		} `xml:"body>par"`
	}
	rapid.Check(t, func(t *rapid.T) {
		a := anyAlignment(t)
		c := Captions{Alignment: a, Lang: "en", Title: "7", Audio: "./7.mp3"}
		var overlay, page bytes.Buffer
		err := Write(&overlay, "smil", c)
		if other := Write(&page, "xhtml", c); errors.Is(err, format.ErrNoCues) && errors.Is(other, format.ErrNoCues) {
			return
		} else if err != nil || other != nil {
			t.Fatal(err, other)
		}
		var read smil
		if err := xml.Unmarshal(overlay.Bytes(), &read); err != nil {
			t.Fatalf("%v of\n%s", err, overlay.String())
		}
		ids := map[string]int{}
		for d := xml.NewDecoder(&page); ; {
			token, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%v of\n%s", err, page.String())
			}
			if e, ok := token.(xml.StartElement); ok && e.Name.Local == "span" {
				ids["7.xhtml#"+e.Attr[0].Value] = len(ids)
			}
		}
		at, last := format.Clock(0, ".", 3), -1
		for _, par := range read.Pars {
			n, ok := ids[par.Text.Src]
			if !ok || n <= last || par.Audio.Src != "./7.mp3" || par.Audio.Begin != at || par.Audio.End <= at {
				t.Fatalf("%+v after %s, of\n%s\n%v", par, at, overlay.String(), ids)
			}
			at, last = par.Audio.End, n
		}
		if end := format.Clock(a.End, ".", 3); at != end && len(read.Pars) > 0 {
			t.Fatalf("it ends at %s, want %s", at, end)
		}
	})
	err := Write(io.Discard, "smil", Captions{Alignment: lighthouse()})
	if err == nil || !strings.Contains(err.Error(), "names its recording") {
		t.Errorf("no recording: %v", err)
	}
}
