package subtitles

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// slowSounds does what addSounds does, cue by cue from the first on.
func slowSounds(cues []format.Cue, directions []align.Direction, p Preset) []format.Cue {
	close := func(i int) {
		if i < 0 || i+1 >= len(cues) {
			return
		}
		gap, end := cues[i+1].Start-cues[i].End, cues[i+1].Start-p.Gap
		if gap < p.CloseGap && end > cues[i].End && end-cues[i].Start <= p.Longest {
			cues[i].End = end
		}
	}
	for _, d := range directions {
		text := soundLabel(d.Text)
		need := max(p.shortest(max(1, countWords(text))), p.Speed.Time(format.Columns(text), max(1, countWords(text))))
		for at := 0; at <= len(cues); at++ {
			room := d.Segment
			if at > 0 {
				room.Start = max(room.Start, cues[at-1].End+p.Gap)
			}
			if at < len(cues) {
				if cues[at].End <= d.Start {
					continue
				}
				room.End = min(room.End, cues[at].Start-p.Gap)
			}
			room.Start, room.End = room.Start.Round(time.Millisecond), room.End.Truncate(time.Millisecond)
			if room.Start < d.End && room.Duration() >= need {
				room.End = min(room.End, room.Start+p.Longest)
				cues = slices.Insert(cues, at, format.Cue{Segment: room, Lines: soundLines(text, d.Segment, p), Confidence: 1})
				close(at - 1)
				close(at)
				break
			}
		}
	}
	return cues
}

// TestSounds: sounds get the room that a search from the first cue on finds for them.
func TestSounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ms := func(low, high int, name string) time.Duration {
			return time.Duration(rapid.IntRange(low, high).Draw(t, name)) * time.Millisecond
		}
		var speech []format.Cue
		for at := time.Duration(0); len(speech) < 6 && rapid.Bool().Draw(t, "more"); {
			start := at + ms(0, 6000, "pause")
			at = start + ms(100, 4000, "length")
			speech = append(speech, format.Cue{Segment: audio.Segment{Start: start, End: at}, Lines: []format.Line{{Speaker: "Ann"}}})
		}
		var sounds []align.Direction
		start := time.Duration(0)
		for range rapid.IntRange(0, 6).Draw(t, "sounds") {
			start += ms(0, 5000, "start")
			sounds = append(sounds, align.Direction{
				Segment: audio.Segment{Start: start, End: start + ms(0, 20000, "sound")}, Kind: transcript.Music,
				Text: rapid.SampledFrom([]string{"music", "a door that opens and closes and opens again", "♪"}).Draw(t, "text"),
			})
		}
		p := anyPreset(t)
		want := slowSounds(slices.Clone(speech), sounds, p)
		if d := cmp.Diff(want, addSounds(slices.Clone(speech), sounds, p)); d != "" {
			t.Fatalf("-want +got\n%s", d)
		}
	})
}

// TestMiddleSpace: no other space leaves a narrower half.
func TestMiddleSpace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom([]rune("ab  漢é\u0301👩\u200d")), 0, 20, -1).Draw(t, "text")
		want, longer := len(text), format.Columns(text)
		for i, r := range text {
			if n := max(format.Columns(text[:i]), format.Columns(text[i:])-1); r == ' ' && n < longer {
				want, longer = i, n
			}
		}
		if got := middleSpace(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	})
}
