package episode

import (
	"testing"

	"cuewright/align"
	"cuewright/align/transcript"
)

// Directions that are no sounds are named in a warning, five of them and how many more there are.
func TestUnshown(t *testing.T) {
	const music, other, begin, end = transcript.Music, transcript.Other, transcript.ClipBegin, transcript.ClipEnd
	for _, tt := range []struct {
		kinds    []transcript.Kind
		noSounds bool
		want     string
	}{
		{nil, false, ""},
		{[]transcript.Kind{music, begin, end, transcript.Sound}, false, ""},
		{[]transcript.Kind{music, other}, false, "page.txt: 1 direction not shown, as no sound that is known: [B]"},
		{[]transcript.Kind{music, other}, true, ""},
		{[]transcript.Kind{other, other, other, music, other, other, other, other}, false,
			"page.txt: 7 directions not shown, as no sound that is known: [A], [B], [C], [E], [F], 2 more"},
	} {
		a := &align.Alignment{}
		for i, kind := range tt.kinds {
			a.Directions = append(a.Directions, align.Direction{Kind: kind, Text: string(rune('A' + i))})
		}
		j := Job{Transcript: "page.txt"}
		j.NoSoundCues = tt.noSounds
		if got := j.Unshown(a); got != tt.want {
			t.Errorf("%v: %q, want %q", tt.kinds, got, tt.want)
		}
	}
}
