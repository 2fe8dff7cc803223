package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"unicode"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
)

// tally is how well an episode was aligned.
type tally struct {
	said, wrong, missing int     // sentences that are said; of them off by more than 0.25 s or missing; missing
	unsaid, found        int     // sentences that nobody says; of them found to be unsaid
	right, off           average // confidence of the sentences that are right and of those that are wrong
}

// average is a mean of what was added.
type average struct {
	sum float64
	n   int
}

func (a *average) add(v float64) { a.sum, a.n = a.sum+v, a.n+1 }

// String returns the mean, - where there is none.
func (a average) String() string {
	if a.n == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", a.sum/float64(a.n))
}

// count aligns each episode with its page and prints its tally, and all together.
func count(ctx context.Context, dirs []string, o align.Options, w io.Writer) error {
	if len(dirs) == 0 {
		return errors.New("give an episode or more")
	}
	const row = "%-24s %15s %9s %14s %18v %18v\n"
	fmt.Fprintf(w, row, "episode", "wrong/said", "missing", "unsaid found", "confidence: right", "wrong")
	var all tally
	for _, dir := range dirs {
		e, err := load(dir)
		if err != nil {
			return err
		}
		f, err := audio.Analyze(ctx, &source{e.samples})
		if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		a, err := align.Align(ctx, f, e.script(), o)
		name := filepath.Base(dir)
		if errors.Is(err, align.ErrMismatch) {
			a, name = &align.Alignment{}, name+" (refused)"
		} else if err != nil {
			return fmt.Errorf("%s: %w", dir, err)
		}
		t := e.tally(a)
		print := func(name string, t tally) {
			wrong, found := fmt.Sprintf("%d/%d", t.wrong, t.said), fmt.Sprintf("%d/%d", t.found, t.unsaid)
			fmt.Fprintf(w, row, name, wrong, fmt.Sprint(t.missing), found, t.right, t.off)
		}
		print(name, t)
		all = all.plus(t)
		if dir == dirs[len(dirs)-1] && len(dirs) > 1 {
			print("all", all)
		}
	}
	return nil
}

func (t tally) plus(u tally) tally {
	return tally{
		said: t.said + u.said, wrong: t.wrong + u.wrong, missing: t.missing + u.missing,
		unsaid: t.unsaid + u.unsaid, found: t.found + u.found,
		right: average{t.right.sum + u.right.sum, t.right.n + u.right.n}, off: average{t.off.sum + u.off.sum, t.off.n + u.off.n},
	}
}

// tally compares an alignment of the page with the truth. A sentence starts where its
// first word does; if that is not found among the page's words, it is missing.
func (e *episode) tally(a *align.Alignment) tally {
	var truth, page []string
	for _, s := range e.sentences {
		truth = append(truth, keys(s.words)...)
	}
	var words []align.Word
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			for _, w := range s.Words {
				words = append(words, w)
				page = append(page, key(w.Text))
			}
		}
	}
	matched := match(truth, page)
	var t tally
	first := 0
	for _, s := range e.sentences {
		n := len(s.words)
		in := matched[first : first+n]
		first += n
		if n == 0 {
			continue
		}
		if s.start < 0 {
			t.unsaid++
			if unspoken(words, in) {
				t.found++
			}
			continue
		}
		t.said++
		if in[0] < 0 || !words[in[0]].Spoken {
			t.wrong++
			t.missing++
			continue
		}
		w := words[in[0]]
		if math.Abs(w.Start.Seconds()-float64(s.start)/audio.Rate) > 0.25 {
			t.wrong++
			t.off.add(w.Confidence)
		} else {
			t.right.add(w.Confidence)
		}
	}
	return t
}

// unspoken reports whether some of the words are in the page and none of these is said.
func unspoken(words []align.Word, in []int) bool {
	n := 0
	for _, i := range in {
		if i >= 0 && words[i].Spoken {
			return false
		}
		if i >= 0 {
			n++
		}
	}
	return n > 0
}

func keys(words []transcript.Word) []string {
	var all []string
	for _, w := range words {
		all = append(all, key(w.Text))
	}
	return all
}

// key is what two spellings of a word share: its letters and digits, in lower case.
func key(word string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, word)
}

// match returns, for each of a, the index of its partner in b, -1 for none, so that as
// many as possible have one and their order stays: a longest common subsequence, in time
// and memory that grow with their length and the square of their differences (Myers, "An
// O(ND) difference algorithm and its variations", 1986).
func match(a, b []string) []int {
	partner := make([]int, len(a))
	for i := range partner {
		partner[i] = -1
	}
	if len(b) == 0 {
		return partner
	}
	// far[middle+k] is how far in a one gets with d differences where a is k ahead of b.
	middle := len(a) + len(b)
	far := make([]int, 2*middle+2)
	down := func(far []int, middle, k, d int) bool { return k == -d || k != d && far[middle+k-1] < far[middle+k+1] }
	var rounds [][]int // far within d of the middle, before each round
	for d, done := 0, false; !done; d++ {
		rounds = append(rounds, append([]int(nil), far[middle-d:middle+d+1]...))
		for k := -d; k <= d && !done; k += 2 {
			x := far[middle+max(k-1, -middle)] + 1
			if down(far, middle, k, d) {
				x = far[middle+k+1]
			}
			for x < len(a) && x-k < len(b) && a[x] == b[x-k] {
				x++
			}
			far[middle+k] = x
			done = x >= len(a) && x-k >= len(b)
		}
	}
	for d, x, y := len(rounds)-1, len(a), len(b); d >= 0; d-- {
		fromX, fromY := 0, 0
		if d > 0 {
			k := x - y
			if down(rounds[d], d, k, d) {
				k++
			} else {
				k--
			}
			fromX, fromY = rounds[d][d+k], rounds[d][d+k]-k
		}
		for x > fromX && y > fromY {
			x, y = x-1, y-1
			partner[x] = y
		}
		x, y = fromX, fromY
	}
	return partner
}
