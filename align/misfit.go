package align

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/align/internal/syllable"
	"cuewright/align/pronounce"
	"cuewright/audio"
)

// Misfit is a word whose sound fits badly how it is taken to be said, for its kind and this
// recording. It may be a name or a loan word that rules don't know: Options.Lexicon can say how it is said.
type Misfit struct {
	Text  string        // as it is written first, without the marks around it
	Count int           // how often it is said, where that is not in doubt
	Start time.Duration // where it fits worst, by the path: its own start may be a few frames off, see BoundaryWeights
}

const (
	// mostMisfits is how many words are named at the most.
	mostMisfits = 5
	// leastLetters and leastPhones are of how many letters and phones such a word has: fewer are
	// slurred too often.
	leastLetters, leastPhones = 4, 4
	// leastJudged is how many such words it takes to tell what is usual.
	leastJudged = 30
	// misfitDeviations is by how many standard deviations of such words in the recording, and misfitScore
	// by how much of the score of 10 ms, a word fits worse than they do. In 32 recordings for training, of
	// 27 speakers in nine languages and of synthetic ones, 100 to 2300 words each, words were given three at
	// a time the phones of another word, or others for half of their own: 63 of 153 and 26 of 153 were
	// named then. Without that 12 words were named in 6 of the recordings, some that are said otherwise
	// than read among them. The limits were chosen where words in doubt and function words counted, too:
	// there 100 of 318 and 15 were named, and by 3 deviations 119 and 21.
	misfitDeviations, misfitScore = 3.5, 0.9
)

// wordFit is how well a word fits where it is said.
type wordFit struct {
	text   string
	score  float64 // the mean of 10 ms, less that of the same phones in the recording
	frames float64
	start  int // frame of 10 ms
}

// misfits returns the words that fit worst, the worst first; doubtful are words that may not be said at
// all.
func (e *episode) misfits(found *decoded, places map[int32]place, doubtful map[int32]float64) []Misfit {
	fits := e.fits(found, places, doubtful)
	if len(fits) < leastJudged {
		return nil
	}
	scores := make([]float64, len(fits))
	for i, f := range fits {
		scores[i] = f.score
	}
	usual := median(scores)
	for i, f := range fits {
		scores[i] = math.Abs(f.score-usual) * math.Sqrt(f.frames)
	}
	spread := 1.4826 * median(scores) // the standard deviation, by the median absolute deviation
	type kind struct {
		Misfit
		sum, frames, deviations, worst float64
	}
	var kinds []*kind
	byText := map[string]*kind{}
	for _, f := range fits {
		key := strings.ToLower(f.text)
		k := byText[key]
		if k == nil {
			k = &kind{Misfit: Misfit{Text: f.text}}
			byText[key], kinds = k, append(kinds, k)
		}
		k.Count++
		k.sum, k.frames = k.sum+float64((f.score-usual)*f.frames), k.frames+f.frames
		if k.Count == 1 || f.score < k.worst {
			k.worst, k.Start = f.score, audio.FrameTime(f.start)
		}
	}
	kinds = slices.DeleteFunc(kinds, func(k *kind) bool {
		k.deviations = k.sum / math.Sqrt(k.frames) / max(spread, math.SmallestNonzeroFloat64)
		return k.deviations > -misfitDeviations || k.sum/k.frames > -misfitScore
	})
	slices.SortStableFunc(kinds, func(a, b *kind) int { return cmp.Compare(a.deviations, b.deviations) })
	var worst []Misfit
	for _, k := range kinds[:min(mostMisfits, len(kinds))] {
		worst = append(worst, k.Misfit)
	}
	return worst
}

// fits returns how well words fit that are long enough to tell, in order.
func (e *episode) fits(found *decoded, places map[int32]place, doubtful map[int32]float64) (fits []wordFit) {
	g, phones, scores := found.graph, e.phones(found.graph), found.banded.score
	var sums, frames [pronounce.AllPhones]float64
	phone := func(t int) pronounce.Phone { return phones[g.node[found.state[t]]].Always() }
	for t, s := range found.state {
		if g.word[s] != none {
			sums[phone(t)] += float64(scores[t])
			frames[phone(t)]++
		}
	}
	word := int32(-1)
	for _, r := range e.readings {
		for i, w := range r.words {
			word++
			at, said := places[word]
			_, doubted := doubtful[word]
			text := bare(w.Said())
			if !said || doubted || r.said[i].Function || len(r.said[i].Phones) < leastPhones || !isJudged(text) {
				continue
			}
			f := wordFit{text: text, frames: float64(at.end - at.start), start: at.start}
			for t := at.start; t < at.end; t++ {
				f.score += float64(scores[t]) - sums[phone(t)]/frames[phone(t)]
			}
			f.score /= f.frames
			fits = append(fits, f)
		}
	}
	return fits
}

// bare returns a word without the marks around it.
func bare(word string) string {
	return strings.TrimFunc(word, func(r rune) bool { return !unicode.In(r, unicode.L, unicode.M, unicode.Nd) })
}

// isJudged reports whether a text is a word of letters, and long enough. A syllable of a script without
// blanks between its words is none.
func isJudged(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	letters := 0
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.Is(unicode.M, r) && !strings.ContainsRune("-'’", r):
			return false
		}
	}
	return letters >= leastLetters && !syllable.Has(first)
}

// median returns the median of values, of which there is one at the least.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
