package transcript

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"cuewright/testdata/race"

	"pgregory.net/rapid"
)

func TestAsides(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"On our website, https://www.example.org/2024/03/05/the-ferry-14/. And", []string{"https://www.example.org/2024/03/05/the-ferry-14/."}},
		{"Planks (https://www.example.org/p/1), and", []string{"(https://www.example.org/p/1),"}},
		{"go to www.example.org or example.org/letters, not e.g. U.S. 4.5", []string{"www.example.org", "example.org/letters,"}},
		{"write to “hello@example.org” or @harbour with #Ferries or #1", []string{"“hello@example.org”", "@harbour", "#Ferries"}},
		{"call 555-0123, (555) 010-0199 or +44 20 7946 0958.", []string{"555-0123,", "(555)", "(555) 010-0199", "+44 20 7946 0958."}},
		{"call 1-800-555-0199 or 020 7946 0958 now", []string{"1-800-555-0199", "020 7946 0958"}},
		{"its ISBN: 978-3-16-148410-0, or 9783161484100, or ISBN 0 306 40615 X.",
			[]string{"ISBN: 978-3-16-148410-0,", "9783161484100,", "ISBN 0 306 40615 X."}},
		{"in 1914–1918, on 2024-03-05 and 05.03.2024 1,234,567 of 12 500 000, 3.14159265", nil},
		{"the book (which, as I said, is (long) gone) is (really) “(so)”.", []string{"(long)", "(really)", "“(so)”."}},
		{"(all of it)", []string{"(all of it)"}},
		{"7 The ferry came on 12 March", []string{"7"}},
		{"1187 “And it came", []string{"1187"}},
		{"2. the ferry came", []string{"2."}},
		{"[3] The ferry came", []string{"[3]"}},
		{"3 Männer kamen", []string{"3"}},
		{"6 men came, 7 The ferry", nil},
		{"12.5 Miles or 20000 Miles", nil},
		{"12. 13", nil},
		{"12", nil},
		{"(s)he went f(x) and (never closed", nil},
		{"the old （ふね） and (020 7946 0958)", []string{"（ふね）", "(020 7946 0958)"}},
	} {
		words := strings.Fields(c.in)
		var got []string
		for _, a := range Asides(words) {
			got = append(got, strings.Join(words[a.First:a.End], " "))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q:\ngot  %q\nwant %q", c.in, got, c.want)
		}
	}
}

func TestAsidesAreRanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.OneOf(rapid.StringN(1, 6, -1), rapid.StringMatching(`[(“]?[0-9a+@#./-]{1,6}[).,]?`), rapid.Just("ISBN"))
		words := rapid.SliceOfN(word, 0, 12).Draw(t, "words")
		last := Aside{}
		for i, a := range Asides(words) {
			if a.First < last.First || a.First >= a.End || a.End > len(words) || i > 0 && a == last {
				t.Fatalf("%v behind %v, of %d words", a, last, len(words))
			}
			last = a
		}
	})
}

// TestAsidesLinear: a row of numbers is put together once.
func TestAsidesLinear(t *testing.T) {
	race.Skip(t, "throws pooled memory away")
	words := slices.Repeat([]string{"1"}, 20000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if all := Asides(words); len(all) != 0 {
		t.Errorf("%d asides among numbers", len(all))
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
		t.Errorf("%d numbers take %d MB", len(words), took>>20)
	}
}
