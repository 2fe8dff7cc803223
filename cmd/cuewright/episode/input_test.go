package episode

import (
	"testing"

	"cuewright/audio"
)

// TestChooseTrack: the default track is read, else the first in the language of the words,
// else the first.
func TestChooseTrack(t *testing.T) {
	german, english, french := audio.Track{Lang: "ger"}, audio.Track{Lang: "eng"}, audio.Track{Lang: "fra"}
	none := audio.Track{}
	marked := func(t audio.Track) audio.Track { t.Default = true; return t }
	aside := func(t audio.Track) audio.Track { t.Aside = true; return t }
	for _, c := range []struct {
		tracks []audio.Track
		asked  int
		lang   string
		want   int // from 1; 0 for an error
	}{
		{[]audio.Track{none}, 0, "en", 1},
		{[]audio.Track{german}, 0, "en", 1},
		{[]audio.Track{german, english}, 0, "en", 2},
		{[]audio.Track{german, english}, 0, "en-GB", 2},
		{[]audio.Track{english, german}, 0, "de", 2},
		{[]audio.Track{english, french}, 0, "fr", 2},
		{[]audio.Track{german, english}, 0, "fr", 1},
		{[]audio.Track{german, english}, 0, "", 1},
		{[]audio.Track{none, none}, 0, "", 1},
		{[]audio.Track{{Lang: "?!"}, english}, 0, "en", 2},
		{[]audio.Track{german, marked(english)}, 0, "de", 2},
		{[]audio.Track{french, marked(german), marked(english)}, 0, "en", 3},
		{[]audio.Track{french, marked(german), marked(english)}, 0, "fr", 2},
		{[]audio.Track{german, marked(english)}, 1, "en", 1},
		{[]audio.Track{german, marked(english)}, 2, "de", 2},
		{[]audio.Track{german, marked(english)}, 3, "de", 0},
		{[]audio.Track{german, none, french}, 0, "en", 2},
		{[]audio.Track{german, {Lang: "und"}}, 0, "en", 2},
		{[]audio.Track{none, english}, 0, "en", 2},
		{[]audio.Track{german, none}, 0, "", 1},
		{[]audio.Track{german, none}, 0, "de", 1},
		{[]audio.Track{aside(english), english}, 0, "en", 2},
		{[]audio.Track{marked(aside(english)), english}, 0, "en", 2},
		{[]audio.Track{german, aside(english), french, english}, 0, "en", 4},
		{[]audio.Track{aside(german), aside(english)}, 0, "en", 2},
		{[]audio.Track{aside(english), english}, 1, "en", 1},
		{[]audio.Track{none}, 1, "en", 1},
		{[]audio.Track{none}, 2, "en", 0},
	} {
		got, err := RecordingOptions{Track: c.asked, Lang: func() string { return c.lang }}.choose(c.tracks)
		if err != nil {
			got = -1
		}
		if got+1 != c.want || c.want > 0 && err != nil {
			t.Errorf("%v, asked for %d, words in %q: %d, %v, want %d", c.tracks, c.asked, c.lang, got+1, err, c.want)
		}
	}
}
