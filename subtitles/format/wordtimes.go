package format

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// wordClock finds out which words of a cue get a time in its file: those that begin within the cue, and
// behind the last one that has a time. What begins with the cue needs none, and nobody says a sound.
type wordClock struct {
	last, end time.Duration // the latest time in the cue, and its end, in whole units
	unit      time.Duration
}

// newWordClock returns the clock of a cue in a file whose times have that unit.
func newWordClock(c Cue, unit time.Duration) wordClock {
	return wordClock{c.Start.Round(unit), c.End.Round(unit), unit}
}

// start returns when a word begins, in whole units; ok is false where it gets no time.
func (c *wordClock) start(w Word, sound bool) (at time.Duration, ok bool) {
	at = w.Start.Round(c.unit)
	if sound || w.Shared || at <= c.last || at >= c.end {
		return 0, false
	}
	c.last = at
	return at, true
}

// starts returns for each word of rows, in their order, when it begins, 0 where it gets no time; nil where
// none does.
func (c *wordClock) starts(rows []row) []time.Duration {
	var all []time.Duration
	timed := false
	for _, r := range rows {
		for _, w := range r.words {
			at, ok := c.start(w, r.sound)
			all, timed = append(all, at), timed || ok
		}
	}
	if !timed {
		return nil
	}
	return all
}

// karaoke writes the codes of ASS for the times of words: how long each syllable lasts, in hundredths of a second.
// A pause belongs to the word before it. The codes of a cue last as long as the cue: each is the distance
// between two rounded times, so that what is rounded away does not add up.
type karaoke struct {
	starts []time.Duration // of the words to come, as wordClock has them; nil where nothing is written
	end    time.Duration   // of the cue
}

// code returns the code for what begins at a time and lasts until the next word that has one.
func (k *karaoke) code(at time.Duration) string {
	end := k.end
	if i := slices.IndexFunc(k.starts, func(t time.Duration) bool { return t > 0 }); i >= 0 {
		end = k.starts[i]
	}
	return fmt.Sprintf(`{\k%d}`, (end-at)/assUnit)
}

// next returns the code before the next word, "" where that has no time.
func (k *karaoke) next() string {
	if len(k.starts) == 0 {
		return ""
	}
	at := k.starts[0]
	if k.starts = k.starts[1:]; at == 0 {
		return ""
	}
	return k.code(at)
}

// syllable is a code of ASS for how long a syllable lasts.
var syllable = lazyRegexp(`\\(k|K|kf|ko)(\d{1,6})\b`)

// SourceMoved returns the Source of a cue whose times were changed by a shift and a stretch; "" where it holds times that
// are those of before, as WebVTT has them within its text. In ASS words count from the start of their cue.
func (c Cue) SourceMoved(stretch float64) string {
	if !c.HasWordTimes() {
		return c.Source
	}
	if !strings.Contains(c.Source, assStart) {
		return ""
	}
	before := 0.0 // hundredths of a second
	return syllable().ReplaceAllStringFunc(c.Source, func(code string) string {
		m := syllable().FindStringSubmatch(code)
		n, _ := strconv.ParseFloat(m[2], 64)
		from := math.Round(before * stretch)
		before += n
		return fmt.Sprintf(`\%s%d`, m[1], int(math.Round(before*stretch)-from))
	})
}

// podcastSegments returns the segments of a cue by word: one for each word that has a time, with those behind it
// that have none. The last one ends with the cue. What is in brackets, as an editor's [them], shares the segment of a
// word beside it: alone it would be a sound.
func podcastSegments(cue Cue) []podcastSegment {
	clock := newWordClock(cue, time.Millisecond)
	all := []podcastSegment{{Speaker: Clean(cue.Lines[0].Speaker), StartTime: Seconds(cue.Start)}}
	var words []Word // of the last segment
	end := func(at time.Duration) {
		last := &all[len(all)-1]
		last.Body, last.EndTime = Clean(joined(words)), Seconds(at)
		if len(words) == 1 && time.Duration(last.StartTime) < words[0].End && words[0].End < at {
			last.EndTime = Seconds(words[0].End) // a pause follows
		}
		words = nil
	}
	for _, l := range cue.Lines {
		for _, w := range l.Words {
			joins := w.Glued && len(words) > 0 && !spaceless(words[len(words)-1].Text, w.Text)
			if at, ok := clock.start(w, l.Sound); ok && !joins && (len(words) == 0 || !inBrackets(joined(words)) && !inBrackets(w.Text)) {
				if len(words) > 0 {
					end(at)
					all = append(all, podcastSegment{})
				}
				all[len(all)-1].StartTime, all[len(all)-1].Speaker = Seconds(at), Clean(l.Speaker)
			}
			words = append(words, w)
		}
	}
	end(cue.End)
	all[len(all)-1].EndTime = Seconds(cue.End)
	return slices.DeleteFunc(all, func(s podcastSegment) bool { return s.Body == "" })
}

// inBrackets reports whether text would be a sound where it stands alone.
func inBrackets(text string) bool {
	return strings.HasPrefix(text, "[") && strings.HasSuffix(text, "]") || IsMusicSigns(text)
}

// spaceless reports whether no space stands between two texts, as both are of a script that has none.
func spaceless(before, behind string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(behind)
	return isIdeographic(last) && isIdeographic(first)
}

// spoken is a segment of a transcript by word.
type spoken struct{ speaker, text string }

// isWord reports whether the segment holds one word, or what scripts without spaces write in its place. A
// segment that is longer than words are holds a line of such a script.
func (s spoken) isWord() bool {
	if strings.ContainsFunc(s.text, isBlank) {
		return false
	}
	const longest, longestIdeographic = 24, 8 // columns
	width := Columns(s.text)
	return width > 0 && width <= longest && (width <= longestIdeographic || !strings.ContainsFunc(s.text, isIdeographic))
}

// endsSentence reports whether a sentence ends with the segment.
func (s spoken) endsSentence() bool {
	text := strings.TrimRight(s.text, `"'”’»)]」』）`)
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == '…' || unicode.Is(unicode.Sentence_Terminal, last)
}

// joinWords makes cues of words: where most segments of a file of ten or more hold one word each, as Podcasting 2.0
// allows, a cue holds those up to the end of a sentence, another speaker, a pause, or the length of a long caption,
// with the time of each. Each of segments is that of one of the file's cues.
func (f *File) joinWords(segments []spoken) {
	const fewest = 10 // segments: fewer may be captions of a word each
	const longestPause, longestCue = time.Second, 7 * time.Second
	words := 0
	for _, s := range segments {
		if s.isWord() {
			words++
		}
	}
	if len(segments) < fewest || 2*words <= len(segments) {
		return
	}
	goesOn := func(c, next Cue, before, behind spoken) bool {
		return c.End > c.Start && next.End > next.Start && next.Start > c.Start && next.Start-c.End <= longestPause &&
			next.End-c.Start <= longestCue && before.speaker == behind.speaker && !before.endsSentence() &&
			!strings.ContainsAny(before.text[:min(1, len(before.text))]+behind.text[:min(1, len(behind.text))], "[")
	}
	var joined []Cue
	for i := 0; i < len(f.Cues); {
		c, spans := f.Cues[i], []span{{text: segments[i].text}}
		from := i
		for i++; i < len(f.Cues) && goesOn(c, f.Cues[i], segments[i-1], segments[i]); i++ {
			if !spaceless(segments[i-1].text, segments[i].text) {
				spans[len(spans)-1].text += " "
			}
			spans = append(spans, span{text: segments[i].text, start: f.Cues[i].Start})
			c.End = max(c.End, f.Cues[i].End)
		}
		if i-from > 1 {
			c.Lines = namedLines([]row{{speaker: ShortName(segments[from].speaker), spans: spans}}, c.Number)
		}
		joined = append(joined, c)
	}
	f.Cues = joined
}
