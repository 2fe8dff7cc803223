package cea608

import (
	"math/bits"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// row returns a plain row of a text.
func row(number, column int, text string) Row {
	r := Row{Number: number, Column: column}
	for _, c := range text {
		r.Cells = append(r.Cells, Cell{Rune: c})
	}
	return r
}

// styled returns a row in which the words have these styles by turns.
func styled(number, column int, text string, styles ...Style) Row {
	r := row(number, column, text)
	word := 0
	for i := range r.Cells {
		if r.Cells[i].Rune == ' ' {
			word++
			continue
		}
		r.Cells[i].Style = styles[word%len(styles)]
	}
	return r
}

func codes(pairs []Pair) string {
	var all []string
	for _, p := range pairs {
		all = append(all, p.String())
	}
	return strings.Join(all, " ")
}

// TestLoad: the codes are those of the tables of the law, with odd parity, and control codes are sent twice.
func TestLoad(t *testing.T) {
	italic, yellow := Style{Italic: true}, Style{Color: Yellow}
	const open = "9420 9420 94ae 94ae "
	for _, c := range []struct {
		name string
		row  Row
		want string
	}{
		{"an odd number of letters", row(15, 0, "Hello"), "9470 9470 c8e5 ecec ef80"},
		{"an indent", row(14, 8, "Hi"), "9454 9454 c8e9"},
		{"an indent and a tab offset", row(1, 11, "Hi"), "9154 9154 9723 9723 c8e9"},
		{"the last indent", row(11, 28, "Hi"), "105e 105e c8e9"},
		{"basic", row(15, 0, "ñé"), "9470 9470 fedc"},
		{"special", row(15, 0, "♪ la"), "9470 9470 9137 9137 20ec 6180"},
		{"extended", row(15, 0, "Äu"), "9470 9470 c180 13b0 13b0 7580"},
		{"italic from the address", styled(15, 0, "Hi", italic), "946e 946e c8e9"},
		{"italic before the column", styled(15, 1, "Hi", italic), "9470 9470 91ae 91ae c8e9"},
		{"italic word", styled(15, 0, "a Hi a", Style{}, italic), "9470 9470 6180 91ae 91ae c8e9 9120 9120 6180"},
		{"yellow and italic", styled(15, 2, "a", Style{Yellow, true, false}), "9470 9470 912a 912a 91ae 91ae 6180"},
		{"underlined yellow", styled(2, 0, "a", Style{Yellow, false, true}), "916b 916b 6180"},
		{"yellow again", styled(15, 1, "a b c", yellow, Style{Yellow, true, false}),
			"9470 9470 912a 912a 6180 91ae 91ae 6280 912a 912a e380"},
	} {
		if got, want := codes(Load([]Row{c.row})), open+c.want; got != want {
			t.Errorf("%s: got %s, want %s", c.name, got, want)
		}
	}
}

// TestAddresses: each row has the address of the table of the law.
func TestAddresses(t *testing.T) {
	want := strings.Fields("91d0 9170 92d0 9270 15d0 1570 16d0 1670 97d0 9770 10d0 13d0 1370 94d0 9470")
	for number := 1; number <= Rows; number++ {
		if got := Load([]Row{row(number, 0, "a")})[4].String(); got != want[number-1] {
			t.Errorf("row %d has the address %s, want %s", number, got, want[number-1])
		}
	}
}

func TestWidth(t *testing.T) {
	italic, both := Style{Italic: true}, Style{Yellow, true, false}
	for _, c := range []struct {
		row  Row
		want int
	}{
		{row(1, 0, "two words"), 9},
		{styled(1, 0, "two words", italic), 9},          // the address
		{styled(1, 0, "two words", Style{}, italic), 9}, // the space
		{styled(1, 0, "two words", both), 10},
		{styled(1, 0, "two words", Style{}, both), 10},
	} {
		if got := Width(c.row.Cells); got != c.want {
			t.Errorf("%v: %d columns, want %d", c.row.Cells, got, c.want)
		}
	}
}

// TestCharacters: there are those of all four sets, each is sent in its own way, and what the extended ones take the
// place of are letters and signs of ASCII.
func TestCharacters(t *testing.T) {
	sent := map[string]rune{}
	for r, g := range glyphs {
		if r == '\u00A0' || r == '’' {
			continue // which are sent as others are
		}
		if g.pair>>8 == 0x12 || g.pair>>8 == 0x13 {
			if r := runeOf(g.code); r != rune(g.code) {
				t.Errorf("%c takes the place of %c", r, r)
			}
		}
		text := codes(Load([]Row{row(15, 0, string(r))}))
		if other, ok := sent[text]; ok {
			t.Errorf("%c and %c are sent alike", r, other)
		}
		sent[text] = r
	}
	if want := 96 + 15 + 31 + 32; len(sent) != want {
		t.Errorf("there are %d characters, want %d", len(sent), want)
	}
	for _, r := range "жש字…–ł☺\u0301" {
		if Has(r) {
			t.Errorf("%c is none of theirs", r)
		}
	}
}

// TestParity: all bytes have an odd number of bits, and a pair is read as it was written.
func TestParity(t *testing.T) {
	for p := Pair(0); p < 1<<15; p++ {
		p := p & 0x7f7f
		s := p.String()
		got, err := ParsePair(s)
		if err != nil || got != p {
			t.Fatalf("%s is read as %v, %v", s, got, err)
		}
		if odd := bits.OnesCount8(odd(byte(p))); odd%2 == 0 {
			t.Fatalf("%s has an even number of bits", s)
		}
	}
	for _, s := range []string{"", "942", "94200", "94zz", "-420"} {
		if p, err := ParsePair(s); err == nil {
			t.Errorf("%q is read as %v", s, p)
		}
	}
}

// drawRow draws a row that fits.
func drawRow(t *rapid.T, number int) Row {
	var all []rune
	for r := range glyphs {
		if r != ' ' && r != '\u00A0' && r != '’' {
			all = append(all, r)
		}
	}
	slices.Sort(all)
	style := rapid.Custom(func(t *rapid.T) Style {
		return Style{Color(rapid.IntRange(0, int(Magenta)).Draw(t, "colour")), rapid.Bool().Draw(t, "italic"), rapid.Bool().Draw(t, "underline")}
	})
	r := Row{Number: number}
	for range rapid.IntRange(1, 5).Draw(t, "words") {
		look := style.Draw(t, "style")
		word := []Cell{}
		if len(r.Cells) > 0 {
			word = append(word, Cell{Rune: ' '})
		}
		for range rapid.IntRange(1, 9).Draw(t, "letters") {
			word = append(word, Cell{rapid.SampledFrom(all).Draw(t, "letter"), look})
		}
		if with := slices.Concat(r.Cells, word); Width(with) <= Columns {
			r.Cells = with
		}
	}
	return r
}

// shown returns the text of rows, with the style of each character but spaces.
func shown(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString("\n")
		for _, c := range r.Cells {
			if b.WriteRune(c.Rune); c.Rune != ' ' {
				b.WriteByte("WGBCRYM"[c.Color])
				b.WriteString(map[bool]string{true: "i"}[c.Italic] + map[bool]string{true: "u"}[c.Underline])
			}
		}
	}
	return b.String()
}

// TestDecoded: a decoder shows what was loaded, with the columns that codes take as spaces, and only once
// the caption ends; nothing is lost at the last column.
func TestDecoded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d Decoder
		for range 3 {
			var rows []Row
			for number := range Rows {
				if r := drawRow(t, number+1); len(r.Cells) > 0 && rapid.IntRange(0, 4).Draw(t, "row") == 0 {
					r.Column = rapid.IntRange(0, Columns-Width(r.Cells)).Draw(t, "column")
					rows = append(rows, r)
				}
			}
			before := shown(d.Screen())
			for _, p := range Load(rows) {
				if e := d.Decode(p); e != Nothing {
					t.Fatalf("%v does %v", p, e)
				}
			}
			if got := shown(d.Screen()); got != before {
				t.Fatalf("while it is loaded, this is seen: %s", got)
			}
			if first, second := d.Decode(EndOfCaption), d.Decode(EndOfCaption); first != Shown || second != Nothing {
				t.Fatalf("the end of the caption does %v and %v", first, second)
			}
			var want []Row
			for _, r := range rows {
				var cells []Cell
				for i, s := range steps(r.Cells) {
					switch {
					case s.code == 0:
						cells = append(cells, Cell{Rune: s.text})
					case i > 0 && len(cells) > 0:
						cells = append(cells, Cell{Rune: ' '})
					}
				}
				k := 0
				for _, c := range r.Cells {
					if c.Rune == ' ' {
						continue
					}
					for cells[k].Rune == ' ' {
						k++
					}
					cells[k].Style = c.Style
					k++
				}
				want = append(want, Row{Cells: cells})
			}
			if diff := cmp.Diff(shown(want), shown(d.Screen())); diff != "" {
				t.Fatalf("-want +got\n%s", diff)
			}
		}
		if e := d.Decode(EraseDisplayed); e != Erased || len(d.Screen()) > 0 {
			t.Fatalf("%v: there is still %s", e, shown(d.Screen()))
		}
	})
}

// screens returns what is seen after each event, apart by bars.
func screens(t *testing.T, text string) string {
	t.Helper()
	var d Decoder
	var all []string
	for word := range strings.FieldsSeq(text) {
		p, err := ParsePair(word)
		if err != nil {
			t.Fatal(err)
		}
		if d.Decode(p) == Nothing {
			continue
		}
		var rows []string
		for _, r := range d.Screen() {
			var b strings.Builder
			for _, c := range r.Cells {
				b.WriteRune(c.Rune)
			}
			rows = append(rows, b.String())
		}
		all = append(all, strings.Join(rows, "/"))
	}
	return strings.Join(slices.Compact(all), "|")
}

// TestModes: captions of others roll up, are painted on, and stand beside a second channel.
func TestModes(t *testing.T) {
	for _, c := range []struct{ name, pairs, want string }{
		{"two rows roll up", "9425 9425 94ad 94ad 9470 9470 c8e9 94ad 94ad e2ef 94ad 94ad 616e", "|Hi|Hi/bo|bo|bo/an"},
		{"painted on", "9429 9429 94d0 94d0 c8e9 9470 9470 e2ef 942c 942c", "|Hi|Hi/bo|"},
		{"second channel", "1c20 1c20 1cd0 1cd0 c8e9 9429 9429 94d0 94d0 e2ef 1c20 1c20 c8e9 1c2f 1c2f", "|bo"},
		{"the other field", "1520 1520 15ae 15ae 94d0 94d0 c8e9 152f 152f", "Hi"},
		{"no address", "9420 c8e9 942f", "Hi"},
		{"backspace and deletion", "9429 94d0 c8e9 94a1 e980 94d0 97a1 94a4", "|Hi|H|Hi|H"},
		{"an extended character in the last column", "9429 94d0 97a2 97a2 c8e9 1333", "|Hi|Hö"},
		{"no captions", "c8e9 94ab c8e9", ""},
		{"programme data", "0103 c8e9 8f1d", ""},
	} {
		if got := screens(t, c.pairs); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzDecoder: no pairs break a decoder, and what it shows can be loaded again.
func FuzzDecoder(f *testing.F) {
	f.Add([]byte("\x14\x20\x14\x2e\x14\x70Fog\x13\x30\x14\x2f"))
	f.Add([]byte("\x14\x25\x14\x2d\x14\x70Fog\x14\x2d\x10\x60ahead\x17\x23\x14\x21\x14\x24"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d Decoder
		for ; len(data) > 1; data = data[2:] {
			d.Decode((Pair(data[0])<<8 | Pair(data[1])) & 0x7f7f)
		}
		var fit []Row
		for _, r := range d.Screen() {
			if r.Number < 1 || r.Number > Rows || r.Column+len(r.Cells) > Columns {
				t.Fatalf("%+v is beyond the screen", r)
			}
			if Width(r.Cells) <= Columns {
				fit = append(fit, r)
			}
		}
		Load(fit)
	})
}
