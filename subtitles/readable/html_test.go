package readable

import (
	"strings"
	"testing"
	"time"
)

func TestLanguageAttributes(t *testing.T) {
	for lang, want := range map[string]string{
		"en": ` lang="en" dir="ltr"`, "he": ` lang="he" dir="rtl"`, "ar-EG": ` lang="ar-EG" dir="rtl"`, "az-Arab": ` lang="az-Arab" dir="rtl"`,
		"": ` dir="auto"`, `"><b>`: ` lang="&#34;&gt;&lt;b&gt;" dir="ltr"`,
	} {
		if got := languageAttributes(lang); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-1: "0:00", 0: "0:00", 7999 * time.Millisecond: "0:07", 754 * time.Second: "12:34", 3723 * time.Second: "1:02:03", 30 * time.Hour: "30:00:00",
	} {
		if got := clock(d); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

// TestHTMLSpeakers: where anybody is named, each paragraph has a cite, and else none has; a direction is no p.
func TestHTMLSpeakers(t *testing.T) {
	word := []Word{{Text: "Yes."}}
	var b strings.Builder
	err := WriteHTML(&b, &Transcript{Blocks: []Block{
		{Opens: true, Words: word}, {Opens: true, Speaker: "Ann", Words: word}, {Direction: true, Words: word},
		{Speaker: "Ann", Words: word},
	}})
	_, body, _ := strings.Cut(b.String(), "<body>\n")
	const p = "<time>0:00</time>\n<p>Yes.</p>\n"
	const nobody, ann, end = "<cite>\u00a0</cite>\n" + p, "<cite>Ann:</cite>\n" + p, "</body>\n</html>\n"
	if want := nobody + ann + "<div class=\"direction\">Yes.</div>\n" + ann + end; err != nil || body != want {
		t.Errorf("%v\n%s\nwant\n%s", err, body, want)
	}
	b.Reset()
	err = WriteHTML(&b, &Transcript{Blocks: []Block{{Opens: true, Words: word}}})
	if _, body, _ = strings.Cut(b.String(), "<body>\n"); err != nil || body != p+end {
		t.Errorf("%v\n%s\nwant\n%s", err, body, p+end)
	}
}
