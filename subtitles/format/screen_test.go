package format

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"cuewright/audio"
)

// wideHead is the head of a file of ASS for pictures of 16:9.
var wideHead = Options{}.screen().assHead()

// arial are the widths of letters of Arial in thousandths of an em, from its table of advances,
// which Helvetica and Liberation Sans share.
var arial = map[rune]int{
	'A': 667, 'B': 667, 'C': 722, 'D': 722, 'E': 667, 'F': 611, 'G': 778, 'H': 722, 'I': 278, 'J': 500, 'K': 667, 'L': 556,
	'M': 833, 'N': 722, 'O': 778, 'P': 667, 'Q': 778, 'R': 722, 'S': 667, 'T': 611, 'U': 722, 'V': 667, 'W': 944, 'X': 667,
	'Y': 667, 'Z': 611, 'a': 556, 'b': 556, 'c': 500, 'd': 556, 'e': 556, 'f': 278, 'g': 556, 'h': 556, 'i': 222, 'k': 500,
	'l': 222, 'm': 833, 'n': 556, 'o': 556, 'p': 556, 'r': 333, 's': 500, 't': 278, 'u': 556, 'v': 500, 'w': 722, 'y': 500,
	' ': 278, ',': 278, '.': 278, '/': 278, ':': 278, '-': 333, '>': 584, '0': 556, '@': 1015, '%': 889, '海': 1000,
}

// lineOf repeats text up to a number of columns.
func lineOf(text string, columns int) string {
	var line []rune
	for _, r := range strings.Repeat(text, columns) {
		if columns -= Columns(string(r)); columns < 0 {
			break
		}
		line = append(line, r)
	}
	return strings.TrimSpace(string(line))
}

func widthOf(t *testing.T, line string) (ems float64) {
	for _, r := range line {
		w, ok := arial[r]
		if !ok {
			t.Fatalf("no width of %q is known", r)
		}
		ems += float64(w) / 1000
	}
	return ems
}

// screens are the shapes with the lines that presets have on them, and some of others.
var screens = []Options{
	{LineWidth: 42}, {LineWidth: 37}, {LineWidth: 32}, {LineWidth: 65}, {Aspect: Wide, LineWidth: 42},
	{Aspect: Square, LineWidth: 32}, {Aspect: Square, LineWidth: 42},
	{Aspect: Vertical, LineWidth: 25}, {Aspect: Vertical, LineWidth: 42},
}

// TestLinesFitThePicture: the longest line fits between the margins in ASS and into its region in
// TTML, in letters of the size of others whatever words it has, and in smaller ones if they are all
// of the widest.
func TestLinesFitThePicture(t *testing.T) {
	for _, o := range screens {
		s := o.screen()
		_, rows := s.cells()
		for _, tt := range []struct {
			text  string
			alike bool
		}{
			{"the keeper of the old lighthouse said nothing, but he left the lamp ", true},
			{"WE MUST MOVE ALL OF THE BOATS OUT OF HARBOUR NOW, BEFORE WATER RISES ", true},
			{"海", true}, {"0", true}, {"MOW ", true}, {"m", false}, {"W", false}, {"@", false}, {"%", false},
		} {
			line := lineOf(tt.text, o.LineWidth)
			between, all := float64(s.width-2*s.side), float64(s.width)
			inASS, inTTML := s.shrunk(line, s.width*97/100), s.shrunk(line, s.width-2*s.side)
			ass := widthOf(t, line) * float64(s.size) * emOfSize * float64(inASS) / 100
			ttml := widthOf(t, line) * float64(s.height) / float64(rows) * float64(inTTML) / 100
			if tt.alike && (inASS < 100 || inTTML < 100 || ass > between) || ass > all || ttml > between*1.01 {
				t.Errorf("%q, %d columns: %.0f pixels in ASS (%d%%), %.0f in TTML (%d%%), of %.0f between the margins: %s",
					o.Aspect, o.LineWidth, ass, inASS, ttml, inTTML, between, line)
			}
		}
	}
}

// TestScreenLetters: letters are as large as those of 16:9 where the picture is as wide as its
// lines ask for, and three lines take no more than a fifth of its height.
func TestScreenLetters(t *testing.T) {
	for _, c := range []struct {
		o          Options
		size, rows int
	}{
		{Options{}, 60, 20}, {Options{LineWidth: 42}, 60, 20}, {Options{LineWidth: 65}, 39, 31},
		{Options{Aspect: Square, LineWidth: 32}, 47, 26}, {Options{Aspect: Vertical, LineWidth: 25}, 60, 36},
	} {
		s := c.o.screen()
		if _, rows := s.cells(); s.size != c.size || rows != c.rows || 15*s.size > s.height {
			t.Errorf("%+v: size %d, %d rows", c.o, s.size, rows)
		}
	}
}

// TestPlacesOfAspects: what is written for a shape is read as text at the usual place, and inside
// of the picture.
func TestPlacesOfAspects(t *testing.T) {
	cues := []Cue{{Segment: audio.Segment{Start: time.Second, End: 2 * time.Second}, Confidence: 1,
		Lines: []Line{{Words: []Word{{Text: "Hello"}}}}}}
	top := cues[0]
	top.Settings = Settings{{"line", "10%"}, {"position", "50%"}}
	number := regexp.MustCompile(`[\d.]+`)
	for _, o := range screens {
		for _, name := range []string{"ass", "ttml"} {
			var b bytes.Buffer
			if err := Write(&b, name, cues, o); err != nil {
				t.Fatal(err)
			}
			f, err := Read(name, b.String())
			if err != nil || len(f.Cues) != 1 || len(f.Cues[0].Settings) > 0 || f.Cues[0].Lines[0].Words[0].Look != nil {
				t.Errorf("%s, %+v: %v, %v", name, o, err, f.Cues)
			}
		}
		s := o.screen()
		var at []float64
		for _, v := range number.FindAllString(s.assPlace(top.Settings), -1)[1:] {
			n, _ := strconv.ParseFloat(v, 64)
			at = append(at, n)
		}
		if want := fmt.Sprint([]float64{float64(s.width) / 2, float64(s.height) / 10}); fmt.Sprint(at) != want {
			t.Errorf("%+v: at %v, want %s", o, at, want)
		}
	}
}
