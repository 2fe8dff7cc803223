package check

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"", "a", ""},
		{"a b c", "a b c", "0 1 2"},
		{"a b c", "a c", "0 - 1"},
		{"a c", "a b c", "0 2"},
		{"x y z", "a b", "- - -"},
		{"so the cat and the dog", "the dog", "- - - - 0 1"}, // one run, not the first "the"
		{"a b a b a b", "b a b", "- - - 0 1 2"},
		{"one two three four", "one 2 three 4 four", "0 - 2 4"},
	} {
		var got []string
		for _, k := range match(strings.Fields(c.a), strings.Fields(c.b)) {
			s := "-"
			if k >= 0 {
				s = string(rune('0' + k))
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s / %s: got %s, want %s", c.a, c.b, s, c.want)
		}
	}
}

// TestDropReplaced: what cues, parted by bars, share with the other text by chance goes.
func TestDropReplaced(t *testing.T) {
	for _, c := range []struct{ ref, cues, want string }{
		{"a b c d e f g h", "a b c d|e f g h", "0 1 2 3 4 5 6 7"},
		{"a the b it c|d", "the x y it z w|d", "- - - - - 6"},     // other words
		{"a the b c it d", "x the y z it c", "- - - - - -"},       // a pair out of order beside them
		{"a the b c d e f", "x the b c y z w v", "- 1 2 3 - - -"}, // three in a row are no chance
		{"a the b c d", "x the y|it d", "- 1 - - 4"},              // too few words to tell
		{"a b c d e f g h", "a b x d y f z v", "0 1 - 3 - 5 - -"}, // half of them
	} {
		var words []word
		for i, cue := range strings.Split(c.cues, "|") {
			for key := range strings.FieldsSeq(cue) {
				words = append(words, word{key: key, cue: i})
			}
		}
		at := match(strings.Fields(strings.ReplaceAll(c.ref, "|", " ")), keys(words))
		dropReplaced(at, words)
		if got := strings.ReplaceAll(strings.Trim(fmt.Sprint(at), "[]"), "-1", "-"); got != c.want {
			t.Errorf("%s / %s: got %s, want %s", c.ref, c.cues, got, c.want)
		}
	}
}

// TestMatchLongest: pairs are equal words in order, and where runs can't split the
// texts there are as many as the longest common subsequence has.
func TestMatchLongest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"a", "b", "c", "d"})
		a, b := rapid.SliceOfN(word, 0, minSplit).Draw(t, "a"), rapid.SliceOfN(word, 0, minSplit).Draw(t, "b")
		last, n := -1, 0
		for i, k := range match(a, b) {
			if k < 0 {
				continue
			}
			if k <= last || a[i] != b[k] {
				t.Fatalf("word %d is paired with %d after %d", i, k, last)
			}
			last = k
			n++
		}
		length := make([][]int, len(a)+1)
		for i := range length {
			length[i] = make([]int, len(b)+1)
		}
		for i := range a {
			for j := range b {
				length[i+1][j+1] = max(length[i][j+1], length[i+1][j])
				if a[i] == b[j] {
					length[i+1][j+1] = max(length[i+1][j+1], length[i][j]+1)
				}
			}
		}
		// A run may be worth a pair less: 2 a pair and 1 for each that follows another.
		if longest := length[len(a)][len(b)]; n > longest || 3*n < 2*longest {
			t.Fatalf("%d pairs, the longest common subsequence has %d", n, longest)
		}
	})
}

// TestMatchLong: a text of many words with a part cut out, and one doubled.
func TestMatchLong(t *testing.T) {
	var a []string
	for i, n := 0, uint32(1); i < 20000; i++ {
		n = n*1664525 + 1013904223
		a = append(a, string(rune('a'+n>>24%23))+string(rune('a'+n>>16%19)))
	}
	b := append(append(append([]string{}, a[:5000]...), a[6000:12000]...), a[11500:]...)
	at := match(a, b)
	missing := 0
	for i, k := range at {
		if k < 0 {
			missing++
			if i < 4900 || i > 6100 {
				t.Fatalf("word %d has no partner", i)
			}
		}
	}
	if missing != 1000 {
		t.Errorf("%d words have no partner, want 1000", missing)
	}
}
