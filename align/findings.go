package align

import (
	"cmp"
	"math"
	"slices"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/audio/portable"
)

const (
	// leastUnscripted is the shortest sound between words that counts: shorter ones are
	// breaths, laughs and hesitations.
	leastUnscripted = time.Second
	// changeLag is over how many frames the change of a spectrum is measured, and
	// changeStride how many lie between measurements. Music changes more slowly than
	// speech does (spectral flux, in Scheirer & Slaney, "Construction and evaluation of a
	// robust multifeature speech/music discriminator", ICASSP 1997), whatever its rhythm:
	// below steadyChange of what the recording's words have in the median it is music. The
	// four pieces of music of the bench have 0.21 to 0.46, melodies and bands that were made
	// for the purpose 0.01 to 0.4. Of ten seconds of speech 95% have 0.7 and more, in any
	// recording of the bench.
	changeLag, changeStride = 5, 8
	steadyChange            = 0.6
	// changeWindow is within how many frames powers are compared, and changeFloor the share
	// of their mean that is added to each band, so that what is quiet doesn't count.
	changeWindow = 500
	changeFloor  = 1e-4
	// switchCost is by how many the changes that disagree with a stretch's kind must outnumber
	// those that agree for a part at one of its ends to be of its own kind; in the middle, by twice
	// as many. There are 12.5 a second, so that a part lasts about a second at the least; as 61
	// to 94% of the changes are on the right side, it takes two or three as a rule. In 450
	// stretches of 5 to 30 s of speech in the bench and in its four pieces of music it makes no
	// cut, nor does 8; where the changes of 4 s of speech are followed by those of 4 s of music
	// it cuts 92%, as 8 does, and 20 cuts 44%.
	switchCost = 12
	// cutRoom is how far from a cut silence between the parts is looked for, which is known by
	// a power of silentShare of the mean there, 20 dB. It is less than switchCost changes
	// last, so that something is left of each part.
	cutRoom     = 60 // frames of 10 ms
	silentShare = 0.01
	// lowEnergyWindow and lowEnergyShare tell music whose notes are as quick as syllables,
	// as in Saunders, "Real-time discrimination of broadcast speech/music", ICASSP 1996: within a
	// second of speech many frames, between and within words, have less than half
	// the mean power; music is steadier. Speech of the bench has 0.44 to 0.58 in the
	// median, its music 0.34 and 0.45: what may be either is called speech, which
	// somebody will want to look at.
	lowEnergyWindow = 100 // frames of 10 ms
	lowEnergyShare  = 0.36
	announcedShare  = 0.45 // where the script announces a sound
)

// unscripted returns the stretches of filler on the path, with what silence lies between them:
// one for each place between two words, or several where its sound turns from speech to music
// or back.
func unscripted(f *audio.Frames, g *graph, state []int32) []Unscripted {
	var found []Unscripted
	var change float64 // of words; it takes a while, and is needed where something is found alone
	for t := 0; t < len(state); {
		if g.word[state[t]] != none {
			t++
			continue
		}
		var at place
		for ; t < len(state) && g.word[state[t]] == none; t++ {
			if g.filling(state[t]) {
				if at.end == 0 {
					at.start = t
				}
				at.end = t + 1
			}
		}
		if at.end == 0 || audio.FrameTime(at.end-at.start) < leastUnscripted {
			continue
		}
		if len(found) == 0 {
			change = spectralChange(f, 0, len(state), func(t int) bool { return g.word[state[t]] != none })
		}
		filling := func(t int) bool { return g.filling(state[t]) }
		parts, steadyFirst := cutByChange(changesIn(f, at.start, at.end, filling), at, steadyChange*change)
		if len(parts) == 1 {
			least := lowEnergyShare
			if g.emit[state[at.start]] == g.filler+uint16(announcedFiller) {
				least = announcedShare
			}
			steadyFirst = steady(f, at.start, at.end, change, least)
		}
		for i := range parts[1:] {
			parts[i].end, parts[i+1].start = silenceAt(f, parts[i+1].start, parts[i].start, parts[i+1].end)
		}
		for i, part := range parts {
			for !filling(part.start) {
				part.start++
			}
			for !filling(part.end - 1) {
				part.end--
			}
			u := Unscripted{Segment: audio.Segment{
				Start: audio.FrameTime(part.start), End: min(audio.FrameTime(part.end), f.Duration()),
			}}
			if steadyFirst == (i%2 == 0) {
				u.Kind = UnscriptedMusic
				u.Melodic = melodic(f, part.start, part.end)
			}
			found = append(found, u)
		}
	}
	return found
}

// cutByChange cuts a stretch into parts where the spectrum changes slowly, by the bound and less,
// and where it changes quickly, in turns, and reports whether the first is slow. Each of the
// changes counts for the kind of part that it is alike, since the median of a part lies where
// most do; the parts are those that most changes agree with, where a cut costs switchCost. It
// is the path of Viterbi through two states.
func cutByChange(changes []spectrumChange, stretch place, bound float64) (parts []place, slowFirst bool) {
	const quick, slow = 0, 1
	var best [2]int
	before := make([][2]int, len(changes)) // the state that the best path to each comes from
	for i, c := range changes {
		now := best
		before[i] = [2]int{quick, slow}
		for k := range now {
			if other := best[1-k] - switchCost; other > now[k] {
				now[k], before[i][k] = other, 1-k
			}
		}
		if c.by <= bound {
			now[slow]++
		} else {
			now[quick]++
		}
		best = now
	}
	k := quick
	if best[slow] > best[quick] {
		k = slow
	}
	end := stretch.end
	for i, c := range slices.Backward(changes) {
		if before[i][k] != k {
			k = before[i][k]
			parts = append(parts, place{c.frame - changeLag, end})
			end = c.frame - changeLag
		}
	}
	parts = append(parts, place{stretch.start, end})
	slices.Reverse(parts)
	return parts, k == slow
}

// silenceAt returns the longest run of frames near a cut between the parts [first, cut) and
// [cut, end) that have less than silentShare of the mean power around the cut; both are the cut
// where there is none.
func silenceAt(f *audio.Frames, cut, first, end int) (start, until int) {
	first, end = max(first+1, cut-cutRoom), min(end-1, cut+cutRoom)
	var sum float64
	for t := first; t < end; t++ {
		sum += power(f, t)
	}
	silent := silentShare * sum / float64(max(1, end-first))
	start, until = cut, cut
	for t := first; t < end; t++ {
		from := t
		for t < end && power(f, t) < silent {
			t++
		}
		if t-from > until-start {
			start, until = from, t
		}
	}
	return start, until
}

// steady reports whether the sound of the frames [first, end) is steady, as music and noise are:
// its spectrum changes slowly, where change is the spectralChange of words, or less than the
// share least of its frames are of low energy.
func steady(f *audio.Frames, first, end int, change, least float64) bool {
	own := spectralChange(f, first, end, func(int) bool { return true })
	return own <= steadyChange*change || lowEnergy(f, first, end) < least
}

// spectralChange returns by how much the spectrum changes within changeLag: the median of the
// changes in [first, end). It is 0 where there are none.
func spectralChange(f *audio.Frames, first, end int, counts func(t int) bool) float64 {
	changes := changesIn(f, first, end, counts)
	if len(changes) == 0 {
		return 0
	}
	slices.SortFunc(changes, func(a, b spectrumChange) int { return cmp.Compare(a.by, b.by) })
	return changes[len(changes)/2].by
}

// spectrumChange is the change of the spectrum within the changeLag before a frame.
type spectrumChange struct {
	frame int
	by    float64 // RMS distance between the logarithms of the bands
}

// changesIn returns the changes of the spectrum before every changeStride-th of the frames in
// [first, end), where it counts. Quiet frames, with less than a tenth of the mean power
// around them, don't count.
func changesIn(f *audio.Frames, first, end int, counts func(t int) bool) []spectrumChange {
	var changes []spectrumChange
	for at := first; at < end; at += changeWindow {
		until := min(at+changeWindow, end)
		var sum float64
		n := 0
		for t := at; t < until; t += changeStride {
			if counts(t) {
				sum += power(f, t)
				n++
			}
		}
		mean := sum / float64(max(1, n))
		floor := float64(changeFloor*mean/audio.MelBands) + math.SmallestNonzeroFloat32
		for t := max(at, first+changeLag); t < until; t += changeStride {
			if !counts(t) || power(f, t) < 0.1*mean {
				continue
			}
			var squares float64
			before := f.Bands(t - changeLag)
			for b, p := range f.Bands(t) {
				d := portable.Log((float64(p) + floor) / (float64(before[b]) + floor))
				squares += float64(d * d)
			}
			changes = append(changes, spectrumChange{t, math.Sqrt(squares / audio.MelBands)})
		}
	}
	return changes
}

// power returns that of all bands of a frame.
func power(f *audio.Frames, t int) (sum float64) {
	for _, p := range f.Bands(t) {
		sum += float64(p)
	}
	return sum
}

// lowEnergy returns the share of frames in [first, end) whose power is less than half
// the mean of the second around them.
func lowEnergy(f *audio.Frames, first, end int) float64 {
	powers := make([]float64, end-first)
	for i := range powers {
		powers[i] = power(f, first+i)
	}
	low, n := 0, 0
	for at := 0; at < len(powers); at += lowEnergyWindow {
		w := powers[at:min(at+lowEnergyWindow, len(powers))]
		var sum float64
		for _, p := range w {
			sum += p
		}
		for _, p := range w {
			if p < 0.5*sum/float64(len(w)) {
				low++
			}
			n++
		}
	}
	return float64(low) / float64(max(1, n))
}

// nextWords returns for each sentence of each turn, and behind the last one, when the next word from there on begins; the
// end of the recording where none follows.
func (a *Alignment) nextWords() [][]time.Duration {
	next := make([][]time.Duration, len(a.Turns)+1)
	at := a.End
	next[len(a.Turns)] = []time.Duration{at}
	for i, t := range slices.Backward(a.Turns) {
		next[i] = append(next[i], at)
		for _, sentence := range slices.Backward(t.Sentences) {
			if sentence.Spoken {
				at = sentence.Start
			}
			next[i] = append(next[i], at)
		}
		slices.Reverse(next[i])
	}
	return next
}

// placeChapters finds when the parts of the script begin that have a heading. Of one that is not said no word comes before
// the next one begins.
func (a *Alignment) placeChapters(s *transcript.Script) {
	if len(s.Headings) == 0 {
		return
	}
	next := a.nextWords()
	for _, h := range s.Headings {
		start := next[h.Turn][h.Sentence]
		if n := len(a.Chapters); n > 0 && a.Chapters[n-1].Start == start {
			a.Chapters = a.Chapters[:n-1]
		}
		if start < a.End {
			a.Chapters = append(a.Chapters, Chapter{Start: start, Title: h.Text})
		}
	}
}

// placeDirections gives each of the script's directions the unscripted audio
// between the words around it. The first one there that announces a sound gets
// the first part of it, that of music where there is music, unless a direction behind it
// announces that; where nothing is left, a direction lies at the next word, the end of a clip at
// the last one. Where the script says that words are missing, what is heard is those words, unless
// music was announced and it is music.
func (a *Alignment) placeDirections(s *transcript.Script) {
	gaps := a.gapsOf(s)
	taken := make([]bool, len(a.Unscripted))
	for i, d := range s.Directions {
		gap := gaps[i]
		out := Direction{Kind: d.Kind, Text: d.Text, Leads: d.Leads, Trails: d.Trails}
		out.Segment = audio.Segment{Start: gap.End, End: gap.End}
		if d.Kind == transcript.ClipEnd {
			out.Segment = audio.Segment{Start: gap.Start, End: gap.Start}
		}
		if d.Kind == transcript.Music || d.Kind == transcript.Sound {
			announced := 0 // pieces of music, by directions to come
			for k := i + 1; d.Kind == transcript.Sound && k < len(gaps) && gaps[k] == gap; k++ {
				if s.Directions[k].Kind == transcript.Music {
					announced++
				}
			}
			u := a.soundWithin(gap, taken, announced)
			if u >= 0 && !(lacksWords(s, d) && (d.Kind == transcript.Sound || a.Unscripted[u].Kind == UnscriptedSpeech)) {
				taken[u] = true
				out.Segment = a.Unscripted[u].Segment
			}
		}
		a.Directions = append(a.Directions, out)
	}
}

// gapsOf returns for each direction where it is between the spoken words around it.
func (a *Alignment) gapsOf(s *transcript.Script) []audio.Segment {
	next := a.nextWords()
	last := make([][]time.Duration, len(a.Turns)+1) // end of the last word before each sentence
	var at time.Duration
	for i, t := range a.Turns {
		for _, sentence := range t.Sentences {
			last[i] = append(last[i], at)
			if sentence.Spoken {
				at = sentence.End
			}
		}
		last[i] = append(last[i], at)
	}
	last[len(a.Turns)] = []time.Duration{at}
	gaps := make([]audio.Segment, len(s.Directions))
	for i, d := range s.Directions {
		before, after := last[d.Turn][d.Sentence], next[d.Turn][d.Sentence]
		if d.Word > 0 {
			before, after = a.around(d, before, next[d.Turn][d.Sentence+1])
		}
		gaps[i] = audio.Segment{Start: before, End: after}
	}
	return gaps
}

// around returns the end of the last spoken word before a direction within a sentence and the start
// of the next one behind it; those given lie before and after the sentence.
func (a *Alignment) around(d transcript.Direction, before, after time.Duration) (from, to time.Duration) {
	words := a.Turns[d.Turn].Sentences[d.Sentence].Words
	for _, w := range words[:d.Word] {
		if w.Spoken {
			before = w.End
		}
	}
	for _, w := range slices.Backward(words[d.Word:]) {
		if w.Spoken {
			after = w.Start
		}
	}
	return before, after
}

// lacksWords reports whether words were cut from the script where the direction stands.
func lacksWords(s *transcript.Script, d transcript.Direction) bool {
	return d.Turn < len(s.Turns) && s.Turns[d.Turn].Sentences[d.Sentence].Words[d.Word].GapBefore
}

// soundWithin returns the index of the first unscripted audio within the gap that isn't taken.
// Where there is music, taken or not, it is of music: speech beside it isn't what was announced.
// It is -1 where there is none, and where no more music is left than so many pieces that are
// announced by others.
func (a *Alignment) soundWithin(gap audio.Segment, taken []bool, announced int) int {
	found, music, left := -1, false, 0
	for i, u := range a.Unscripted {
		if u.Start < gap.Start || u.End > gap.End {
			continue
		}
		if u.Kind == UnscriptedMusic && !music {
			found, music, left = -1, true, 0
		}
		if taken[i] || music && u.Kind != UnscriptedMusic {
			continue
		}
		if found < 0 {
			found = i
		}
		left++
	}
	if music && left <= announced {
		return -1
	}
	return found
}
