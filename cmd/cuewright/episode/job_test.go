package episode

import "testing"

// TestLanguage: tags are written in one way, however a person writes them.
func TestLanguage(t *testing.T) {
	for tag, want := range map[string]string{
		"": "", "und": "", "en": "en", " en ": "en", "eng": "en", "en_US": "en-US", "EN-us": "en-US", "en_US.UTF-8": "en-US",
		"de_DE@euro": "de-DE", "zh_Hans_CN": "zh-Hans-CN", "pt-br": "pt-BR", "iw": "he", "x-klingon": "x-klingon", "SR-LATN": "sr-Latn",
		"english": "?", "German": "?", "en us": "?", "xx": "?", "-": "?", ".": "?", " ": "?", "C": "?",
	} {
		got, err := Language(tag)
		if (err != nil) != (want == "?") || err == nil && got != want {
			t.Errorf("%q is %q, %v, want %q", tag, got, err, want)
		}
	}
}
