package align

import (
	"time"

	"cuewright/audio"
)

// place is where a word lies: frames of 10 ms, [start, end).
type place struct{ start, end int }

// wordsIn returns the places of the words on a path of one state a frame.
func wordsIn(g *graph, states []int32) map[int32]place {
	places := map[int32]place{}
	for t, s := range states {
		w := g.word[s]
		if w == none {
			continue
		}
		p, ok := places[w]
		if !ok {
			p.start = t
		}
		p.end = t + 1
		places[w] = p
	}
	return places
}

// doubtful returns the words that were put back on the path by a contrast that is not clear, and
// those of runs that fit where they were found no better than others would, with what their confidence
// is multiplied by, their trust, below 1; and those of whole sentences that fit no better, with 1:
// SpokenEvidence has that of them.
func (d *decoded) doubtful() map[int32]float64 {
	factors := map[int32]float64{}
	doubt := func(words span, trust, factor float64) {
		for w := words.first; w < words.end && trust < 1; w++ {
			if before, ok := factors[w]; !ok || factor < before {
				factors[w] = factor
			}
		}
	}
	for k, x := range d.verified {
		doubt(d.graph.sentences[k], x, 1)
	}
	for words, x := range d.putBack { // clauses of sentences that are verified, too
		doubt(words, x, x)
	}
	for words, x := range d.runs {
		doubt(words, x, x)
	}
	return factors
}

// alignment puts the script in time.
func (e *episode) alignment(found *decoded, judged judgement) *Alignment {
	words := wordsIn(found.graph, found.state)
	a := &Alignment{
		Segment:  audio.Segment{End: e.frames.Duration()},
		Lang:     e.spoken.tag,
		Detected: e.spoken.detected,
		Verdict:  judged.verdict,
		Speech:   audio.Segments(e.frames, audio.DefaultSegmentOptions()),
	}
	doubtful := found.doubtful()
	evidence := e.evidence(found, words, judged.trust, doubtful)
	if e.hooks.Evidence != nil {
		e.hooks.Evidence(evidence)
	}
	segments := e.segments(found, words)
	certain := e.known.certain(e.script)
	next := 0 // the word
	var now time.Duration
	for _, t := range e.script.Turns {
		turn := Turn{Speaker: t.Speaker, Aside: t.Aside}
		var firsts []float64 // the confidence of each sentence's first spoken word, which the turn has
		for _, sentence := range t.Sentences {
			out := Sentence{Paragraph: sentence.Paragraph}
			least := 1.0 // the confidence of the words in doubt
			for _, w := range sentence.Words {
				word := Word{Text: w.Text, Glued: w.Glued, Inserted: w.Inserted, Segment: audio.Segment{Start: now, End: now}}
				if at, ok := segments[int32(next)]; ok {
					word.Segment = at
					word.Spoken = true
					now = word.End
				}
				word.Confidence = evidence[next].confidence()
				if certain[next] {
					word.Confidence = 1
				}
				if _, ok := doubtful[int32(next)]; ok && word.Spoken {
					out.Doubtful = true
					least = min(least, word.Confidence)
				}
				out.Words = append(out.Words, word)
				next++
			}
			out.Segment, out.Spoken, out.Confidence = spokenExtent(len(out.Words), func(i int) (audio.Segment, bool, float64) {
				w := out.Words[i]
				return w.Segment, w.Spoken, w.Confidence
			})
			firsts = append(firsts, out.Confidence)
			out.Confidence = min(out.Confidence, least)
			turn.Sentences = append(turn.Sentences, out)
		}
		turn.Segment, turn.Spoken, turn.Confidence = spokenExtent(len(turn.Sentences), func(i int) (audio.Segment, bool, float64) {
			s := turn.Sentences[i]
			return s.Segment, s.Spoken, firsts[i]
		})
		a.Turns = append(a.Turns, turn)
	}
	if e.boundaryModel != nil && judged.verdict == Fits { // broad classes tell too little
		a.Misfits = e.misfits(found, words, doubtful)
	}
	a.Unscripted = e.known.among(unscripted(e.frames, found.graph, found.state))
	a.placeDirections(e.script)
	a.placeChapters(e.script)
	a.Title = e.script.Title
	return a
}

// spokenExtent returns the segment from the first to the last of n parts that are spoken, with the
// confidence of the first; where none is, it is empty and lies at the first part.
func spokenExtent(n int, part func(i int) (audio.Segment, bool, float64)) (seg audio.Segment, spoken bool, confidence float64) {
	for i := range n {
		s, ok, c := part(i)
		switch {
		case i == 0 && !ok:
			seg, confidence = audio.Segment{Start: s.Start, End: s.Start}, c
		case ok && !spoken:
			seg, spoken, confidence = s, true, c
		case ok:
			seg.End = s.End
		}
	}
	return seg, spoken, confidence
}
