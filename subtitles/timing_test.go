package subtitles

import (
	"slices"
	"strings"
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
	steps := p.steps()
	at := func(step int64) time.Duration { return steps.Time(step).Round(time.Millisecond) }
	gap, closeGap, longest := steps.FrameAfter(p.Gap), steps.FrameAfter(p.CloseGap), steps.FrameBefore(p.Longest)
	close := func(i int) {
		if i < 0 || i+1 >= len(cues) {
			return
		}
		start, end, next := steps.Frame(cues[i].Start), steps.Frame(cues[i].End), steps.Frame(cues[i+1].Start)
		if next-end < closeGap && next-gap > end && next-gap-start <= longest {
			cues[i].End = at(next - gap)
		}
	}
	for _, d := range directions {
		text := soundLabel(d.Text)
		need := p.Speed.Time(format.Columns(text), max(1, countWords(text)))
		if !p.FrameRate.IsZero() {
			need += time.Millisecond
		}
		need = max(need, p.shortest(extent{words: max(1, countWords(text))}))
		for i := 0; i <= len(cues); i++ {
			start, end := steps.Frame(d.Start), steps.FrameBefore(d.End)
			if i > 0 {
				start = max(start, steps.Frame(cues[i-1].End)+gap)
			}
			if i < len(cues) {
				if cues[i].End <= d.Start {
					continue
				}
				end = min(end, steps.Frame(cues[i].Start)-gap)
			}
			room := audio.Segment{Start: at(start), End: at(min(end, start+longest))}
			if room.Start < d.End && steps.Time(end-start) >= need {
				cues = slices.Insert(cues, i, format.Cue{Segment: room, Lines: soundLines(text, d.Segment, p), Confidence: 1})
				close(i - 1)
				close(i)
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
		p := anyPreset(t)
		timer := newTimer(p)
		var speech []format.Cue
		var stays []stay
		for at := time.Duration(0); len(speech) < 6 && rapid.Bool().Draw(t, "more"); {
			start := at + ms(0, 6000, "pause")
			at = start + ms(100, 4000, "length")
			s := stay{start: timer.steps.Frame(start), last: timer.steps.Frame(at), next: never, over: never}
			s.quiet = s.last
			stays = append(stays, s)
			speech = append(speech, format.Cue{
				Segment: audio.Segment{Start: timer.at(s.start), End: timer.at(s.last)}, Lines: []format.Line{{Speaker: "Ann"}},
			})
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
		want := slowSounds(slices.Clone(speech), sounds, p)
		got, crowded := timer.addSounds(slices.Clone(speech), stays, sounds)
		if n := len(want) - len(speech) + len(crowded); n != len(sounds) {
			t.Fatalf("%d sounds, %d cues and %d without room", len(sounds), len(want)-len(speech), len(crowded))
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("-want +got\n%s", d)
		}
	})
}

// TestSoundParts: the parts of a sound fit into the lines of a cue, share its time and hold all its
// words.
func TestSoundParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPreset(t)
		words := strings.Join(rapid.SliceOfN(rapid.StringMatching(`[a-z]{1,12}`), 1, 60).Draw(t, "words"), " ")
		d := align.Direction{Segment: audio.Segment{Start: time.Second, End: time.Minute}, Text: "♪ " + words + " ♪"}
		at, sung := d.Start, ""
		for _, part := range soundParts(d, p) {
			if part.Start != at || part.Duration() <= 0 {
				t.Fatalf("%q from %v to %v, after %v", part.Text, part.Start, part.End, at)
			}
			for _, l := range soundLines(soundLabel(part.Text), d.Segment, p) {
				if format.Columns(l.Text()) > p.LineWidth {
					t.Fatalf("%d columns: %q", format.Columns(l.Text()), l.Text())
				}
			}
			at, sung = part.End, sung+" "+strings.Trim(part.Text, "♪ ")
		}
		if at != d.End || sung != " "+words {
			t.Fatalf("%q up to %v", sung, at)
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

// TestLayoutAtTheEnd: a cue is there for a moment, even if its words have no time and begin
// where the recording ends.
func TestLayoutAtTheEnd(t *testing.T) {
	for _, p := range Presets() {
		a := said("en", normal, "Ann: The lamp was lit. Late.")
		s := a.Turns[0].Sentences
		last := &s[len(s)-1].Words[0]
		last.Start, last.End = a.End, a.End
		cues := Layout(a, p, LayoutOptions{})
		if c := cues[len(cues)-1]; c.Start != a.End || c.End <= c.Start {
			t.Errorf("%s: the last cue runs from %v to %v of %v", p.Name, c.Start, c.End, a.End)
		}
	}
}

// TestSoundLines: a sound has as few lines as hold it.
func TestSoundLines(t *testing.T) {
	for _, tt := range []struct{ preset, text, want string }{
		{"vertical", "[wind howls]", "[wind howls]"},
		{"vertical", "[an accordion plays outside]", "[an accordion / plays outside]"},
		{"vertical", "[an accordion plays a slow waltz on the quay outside]", "[an accordion plays a / slow waltz on / the quay outside]"},
		{"square", "[an accordion plays a slow waltz on the quay outside]", "[an accordion plays a slow / waltz on the quay outside]"},
		{"vertical", "[Donaudampfschifffahrtsgesellschaft]", "[Donaudampfschifffahrtsgesellschaft]"},
	} {
		var got []string
		for _, l := range soundLines(tt.text, audio.Segment{}, preset(t, tt.preset, "srt")) {
			got = append(got, l.Text())
		}
		if got := strings.Join(got, " / "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.preset, got, tt.want)
		}
	}
}
