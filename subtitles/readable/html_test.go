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

// TestHTMLSpeakers: somebody without a name behind somebody with one has an empty cite, and nobody else does.
func TestHTMLSpeakers(t *testing.T) {
	word := []Word{{Text: "Yes."}}
	var b strings.Builder
	err := WriteHTML(&b, &Transcript{Blocks: []Block{
		{Opens: true, Words: word}, {Opens: true, Speaker: "Ann", Words: word}, {Speaker: "Ann", Words: word},
		{Opens: true, Words: word}, {Opens: true, Words: word},
	}})
	_, body, _ := strings.Cut(b.String(), "<body>\n")
	const p = "<time>0:00</time>\n<p>Yes.</p>\n"
	if want := p + "<cite>Ann:</cite>\n" + p + p + "<cite></cite>\n" + p + p + "</body>\n</html>\n"; err != nil || body != want {
		t.Errorf("%v\n%s\nwant\n%s", err, body, want)
	}
}
