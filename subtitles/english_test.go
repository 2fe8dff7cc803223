package subtitles

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// classSigns has a letter for each class.
const classSigns = "-CPDSXANVRMKOT"

// classed returns an English sentence with the class of each word: two where they differ.
func classed(text string) string {
	s := sentenceOf(strings.Fields(text))
	opens, binds := englishClasses(s)
	var b strings.Builder
	for i, w := range s.words {
		b.WriteString(" " + w + "_" + classSigns[opens[i]:opens[i]+1])
		if binds[i] != opens[i] {
			b.WriteString(classSigns[binds[i] : binds[i]+1])
		}
	}
	return strings.TrimPrefix(b.String(), " ")
}

func TestEnglishClasses(t *testing.T) {
	for _, want := range []string{
		"The_D tide_N comes_V in._K",
		"The_D keeper_N says_V a_D storm_N is_X possible._A",
		"The_D border_N regime_N cannot_X last._V",
		"They_S took_V over_K the_D ferry_N company._N",
		"They_S walked_V over_P the_D bridge._N",
		"It_S was_X going_V on_K since_P May._N",
		"We_S gave_V them_O the_D lamp._N",
		"I'm_SX here_R and_C don't_X know_V Ann's_ND brother._N",
		"That's_CX what_C the_D council's_ND union_N wants._V",
		"We_S want_V to_T go_V to_P the_D harbour._N",
		"a_D healthy_A knee-jerk_A suspicion_N",
		"Oppressed_A people_N protested._V",
		"He_S sold_V two_M hundred_M boats_N in_P 1170._N-",
		"in_P 2022_N- prices_N rose_V",
		"She_S lives_V in_P Washington_N DC._N",
		"The_D very_D old_A Greek_N lamp_N burned_V slowly._R",
		"Nobody_S needs_V her_D help._N",
		"the_D outside_N of_P the_D mill_N",
		"One_N of_P them_O went_V out_K —_C but_C the_D other_N stayed._V",
		"IT_S IS_X US._O",
	} {
		var words []string
		for _, f := range strings.Fields(want) {
			word, _, _ := strings.Cut(f, "_")
			words = append(words, word)
		}
		if got := classed(strings.Join(words, " ")); got != want {
			t.Errorf("%s, want\n%s", got, want)
		}
	}
}

// TestEnglishClassesAreCheapest compares the readings that are found with all others.
func TestEnglishClassesAreCheapest(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields("the to that her it there like up over tide comes, old lamp. Ann's I'm don't 14 one " +
		"2022 walked shining — Greek “quiet” work US slowly"))
	rapid.Check(t, func(t *rapid.T) {
		s := sentenceOf(rapid.SliceOfN(word, 1, 6).Draw(t, "words"))
		known := make([]readings, len(s.words))
		for i, w := range s.words {
			before, clause := "", true
			if i > 0 {
				before, clause = s.bare[i-1], endsClause(s.words[i-1])
			}
			known[i] = englishReadings(w, s.bare[i], before, clause || s.shouts)
		}
		// cost returns that of the readings chosen so far, and the least of all after them.
		var cost func(i int, was wordClass, chosen func(i int) []reading) int
		cost = func(i int, was wordClass, chosen func(i int) []reading) int {
			if i == len(s.words) {
				return step(was, content, true)
			}
			least := math.MaxInt
			for _, r := range chosen(i) {
				c := int(r.cost) + int(follows[content][r.opens])
				if i > 0 {
					c = int(r.cost) + step(was, r.opens, endsClause(s.words[i-1]))
				}
				least = min(least, c+cost(i+1, r.binds, chosen))
			}
			return least
		}
		opens, binds := englishClasses(s)
		got := cost(0, content, func(i int) []reading {
			for _, r := range known[i].all() {
				if r.opens == opens[i] && r.binds == binds[i] {
					return []reading{r}
				}
			}
			t.Fatalf("%q can't be %d", s.words[i], opens[i])
			return nil
		})
		if want := cost(0, content, func(i int) []reading { return known[i].all() }); got != want {
			t.Fatalf("%v %v cost %d, the best %d", opens, binds, got, want)
		}
	})
}
