package align

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"cuewright/align/pronounce"
	"cuewright/audio"
	"cuewright/audio/portable"
)

// The path of the search enters a word some 15 ms late where no pause lies before it: the
// deltas of a frame look 40 ms around, and the last state of a phone has learnt to take the
// transition to the next one, whose first state has not. So each boundary behind a word is
// looked at once more. A log-linear model gives each of a few frames around the path's
// boundary its chance,
//
//	log p(t) = (before[class of the phone before] + behind[class of the phone behind]) . x(t) + constant
//
// where x(t) is how far t lies from the path's boundary, the course of the energy around t
// and how the cepstra change there (boundaryValues), and the boundary goes to the median.
// The first words of sentences keep their starts, and so do those behind a pause or a filler.
// Confidence, adaptation and findings go by the path.

const (
	// firstCandidate and lastCandidate are how far before and behind the path's boundary
	// another one is looked for, in frames.
	firstCandidate, lastCandidate = -7, 4
	numCandidates                 = lastCandidate - firstCandidate + 1
	// boundarySide is how many frames to either side of a boundary are looked at.
	boundarySide = 3
	// boundaryDims is how many values boundaryValues are.
	boundaryDims = 2 + 2*boundarySide + numCepstra - 1
	// closureFrames is from how many frames on a silence before a stop is a pause: less is
	// the closure of the stop.
	closureFrames = 6
	// shortestWord is what the boundaries leave of a word at the least. The path leaves
	// 30 ms.
	shortestWord = 20 * time.Millisecond
)

// Boundary is where the path ends a word, and begins the next one if no pause lies between
// them, with what the boundary model sees there.
type Boundary struct {
	Before int           // the number of the word that ends, in the script
	Behind int           // that of the word that begins, -1 where a pause comes first
	At     time.Duration // where the path has it
	// Classes are the broad classes of the phones before and behind it, as the rows of
	// BoundaryWeights are counted. Both are silence where a pause comes first.
	Classes [2]int
	// Values are those of the candidates, 10 ms apart, from FirstCandidate before At on.
	Values [numCandidates][boundaryDims]float64
}

// FirstCandidate is the distance from a Boundary's At to the first of its candidates.
const FirstCandidate = firstCandidate * frameTime

// BoundaryWeights are the weights of the boundary model: for the phone before a boundary
// (0) and the phone behind it (1), by its broad class, one for each value.
type BoundaryWeights [2][numClasses][boundaryDims]float64

// boundaryTable is what BoundaryWeights writes: a row for each side and class. cmd/calibrate
// makes it, see README.md.
//
//go:embed boundaries.csv
var boundaryTable []byte

// boundaryWeights are the embedded weights.
var boundaryWeights = sync.OnceValue(func() *BoundaryWeights {
	w, err := readBoundaryWeights(boundaryTable)
	if err != nil {
		panic(fmt.Sprintf("the embedded weights of boundaries: %v", err)) // a fault of the build
	}
	return w
})

var (
	sideNames  = [2]string{"before", "behind"}
	classNames = [numClasses]string{"silence", "vowel", "sonorant", "sibilant", "fricative", "stop"}
)

// boundaryHeader returns the names of the columns of a table of weights.
func boundaryHeader() []string {
	header := []string{"side", "phone", "offset", "offset squared"}
	for i := range 2 * boundarySide {
		header = append(header, fmt.Sprintf("energy %+d", i-boundarySide))
	}
	for k := 1; k < numCepstra; k++ {
		header = append(header, fmt.Sprintf("cepstrum %d", k))
	}
	return header
}

// Table returns the weights as a CSV table, those of boundaries.csv in the form that is
// embedded.
func (w *BoundaryWeights) Table() []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write(boundaryHeader())
	for side, classes := range w {
		for c, weights := range classes {
			row := []string{sideNames[side], classNames[c]}
			for _, v := range weights {
				row = append(row, strconv.FormatFloat(v, 'f', 3, 64))
			}
			out.Write(row)
		}
	}
	out.Flush()
	return b.Bytes()
}

// readBoundaryWeights reads what Table returns.
func readBoundaryWeights(table []byte) (*BoundaryWeights, error) {
	rows, err := csv.NewReader(bytes.NewReader(table)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) != 1+2*numClasses || !slices.Equal(rows[0], boundaryHeader()) {
		return nil, fmt.Errorf("want %d rows of the columns %q", 1+2*numClasses, boundaryHeader())
	}
	w := &BoundaryWeights{}
	for i, row := range rows[1:] {
		side, c := i/numClasses, i%numClasses
		if row[0] != sideNames[side] || row[1] != classNames[c] {
			return nil, fmt.Errorf("row %d is %q, want %s %s", i+2, row[:2], sideNames[side], classNames[c])
		}
		for k := range w[side][c] {
			if w[side][c][k], err = strconv.ParseFloat(row[2+k], 64); err != nil {
				return nil, err
			}
		}
	}
	return w, nil
}

// Chances returns the chance of each candidate of a boundary; they add up to 1.
func (w *BoundaryWeights) Chances(b *Boundary) (p [numCandidates]float64) {
	before, behind := &w[0][b.Classes[0]], &w[1][b.Classes[1]]
	for i := range p {
		for k, v := range b.Values[i] {
			p[i] += float64((before[k] + behind[k]) * v)
		}
	}
	top := slices.Max(p[:])
	sum := 0.0
	for i, v := range p {
		p[i] = portable.Exp(v - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// place returns where a boundary lies, to the millisecond: the median by the chances of its
// candidates, each of which stands for the 10 ms around it.
func (w *BoundaryWeights) place(b *Boundary) time.Duration {
	sum := 0.0
	for i, p := range w.Chances(b) {
		if sum+p >= 0.5 {
			frames := float64(firstCandidate+i) - 0.5 + (0.5-sum)/p
			return b.At + time.Duration(frames*float64(frameTime)).Round(time.Millisecond)
		}
		sum += p
	}
	return b.At + lastCandidate*frameTime // rounding has left the sum below 1/2: never
}

// boundaryValues returns what the boundary model sees of a boundary before frame t that lies
// offset frames behind the path's: the offset, the energy of the frames around it, and by
// how much the mean of the cepstra behind it is more than that before it.
func (x *features) boundaryValues(t, offset int) (values [boundaryDims]float64) {
	const perFour = 0.25 // brings frames and cepstra to the spread of the energy
	o := perFour * float64(offset)
	values[0], values[1] = o, o*o
	energies, changes := values[2:][:2*boundarySide], values[2+2*boundarySide:]
	for i := range energies {
		row := x.at(t - boundarySide + i)
		energies[i] = float64(row[0]) / energyScale
		share := perFour / boundarySide
		if i < boundarySide {
			share = -share
		}
		for k, v := range row[1:] {
			changes[k] += float64(share * float64(v))
		}
	}
	return values
}

// boundaries returns those behind the words, in order. places are those on the path. Left out
// are those at which the path enters filler, and where a sentence begins at once: the first
// word of a sentence keeps its start.
func (e *episode) boundaries(found *decoded, places map[int32]place) []Boundary {
	g, phones := found.graph, e.phones(found.graph)
	at := func(t int) class { return classOf(phones[g.node[found.state[t]]]) }
	words := slices.Sorted(maps.Keys(places))
	var all []Boundary
	for i, w := range words {
		end := places[w].end
		if end == len(found.state) || g.filling(found.state[end]) {
			continue
		}
		b := Boundary{Before: int(w), Behind: -1, At: audio.FrameTime(end)}
		if i+1 < len(words) {
			next := words[i+1]
			start := places[next].start
			filled := slices.ContainsFunc(found.state[end:start], g.filling)
			closure := start-end < closureFrames && at(start) == classStop && !filled
			first := g.sentencesBefore(found.state[start]) != g.sentencesBefore(found.state[end-1])
			if first && start == end {
				continue
			}
			if !first && (start == end || closure) {
				b.Behind = int(next)
				b.Classes = [2]int{int(at(end - 1)), int(at(start))}
			}
		}
		for i := range b.Values {
			b.Values[i] = e.features.boundaryValues(end+firstCandidate+i, firstCandidate+i)
		}
		all = append(all, b)
	}
	return all
}

// phones returns the phone of each node of g, Silence for those that are of no word.
func (e *episode) phones(g *graph) []pronounce.Phone {
	phones := make([]pronounce.Phone, len(g.nodeStart)-1)
	word := int32(0)
	for _, r := range e.readings {
		for _, w := range r.said {
			copy(phones[g.node[g.words[word].first]:], slices.Concat(w.Ways()...))
			word++
		}
	}
	return phones
}

// segments returns where the words lie whose places on the path are given, by number: where
// the boundary model has them, if there is one. Words keep their order and at least
// shortestWord.
func (e *episode) segments(found *decoded, places map[int32]place) map[int32]audio.Segment {
	segments := make(map[int32]audio.Segment, len(places))
	for n, p := range places {
		segments[n] = audio.Segment{Start: audio.FrameTime(p.start), End: audio.FrameTime(p.end)}
	}
	if e.boundaryModel != nil {
		all := e.boundaries(found, places)
		if e.hooks.Boundaries != nil {
			e.hooks.Boundaries(all)
		}
		e.boundaryModel.move(segments, all)
	}
	e.known.pin(segments)
	keepApart(segments, e.frames.Duration())
	return segments
}

// move moves the boundaries of words to where the model has them.
func (w *BoundaryWeights) move(segments map[int32]audio.Segment, all []Boundary) {
	for _, b := range all {
		before := segments[int32(b.Before)]
		before.End = max(w.place(&b), before.Start+shortestWord)
		segments[int32(b.Before)] = before
		if b.Behind >= 0 {
			behind := segments[int32(b.Behind)]
			behind.Start = before.End
			segments[int32(b.Behind)] = behind
		}
	}
}

// keepApart takes back what reaches into the next word, or beyond the end of the recording.
func keepApart(segments map[int32]audio.Segment, end time.Duration) {
	for _, n := range slices.Backward(slices.Sorted(maps.Keys(segments))) {
		s := segments[n]
		s.End = min(s.End, end)
		s.Start = min(s.Start, s.End-shortestWord)
		segments[n], end = s, s.Start
	}
}
