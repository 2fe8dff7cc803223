package format

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Aspect is the shape of the picture that captions are shown on. The zero value is for Wide.
type Aspect string

// The shapes, width to height.
const (
	Wide     Aspect = "16:9"
	Square   Aspect = "1:1"
	Vertical Aspect = "9:16"
)

// AllAspects returns the shapes.
func AllAspects() []Aspect { return []Aspect{Wide, Square, Vertical} }

// screen is a picture and where text stands on it, in the pixels of its shape: formats that
// place text and say how large it is write it from that.
type screen struct {
	width, height int
	side, below   int // margins
	size          int // of the font, from the top of the highest letters to the bottom of the lowest
}

const (
	// largestSize is the size of letters where the length of lines leaves a choice: 18 lines are
	// the height of a picture of 16:9.
	largestSize = 60
	// emOfSize is how much of the size of Arial, as libass counts that, is the em that the widths
	// of its letters are counted in, and TTML's sizes of fonts are.
	emOfSize = 0.895
	// columnEms is the width in ems that each column of a line is given. Small letters of Arial
	// take 0.5 on average, capitals 0.69, and wide letters, of two columns, 0.5 a column.
	columnEms = 0.74
)

// screen returns the picture for cues of the options' shape, with letters as large as let
// lines of LineWidth fit between its margins.
func (o Options) screen() screen {
	s := screen{width: 1920, height: 1080, side: 120, below: 60, size: largestSize}
	switch o.Aspect {
	case Square:
		s.width, s.side = 1080, 32
	case Vertical:
		s.width, s.height, s.side, s.below = 1080, 1920, 32, 230 // below, phones show buttons and titles
	}
	if o.LineWidth > 0 {
		s.size = min(s.size, int(float64(s.width-2*s.side)/(float64(o.LineWidth)*columnEms*emOfSize)))
	}
	return s
}

// cells returns how many columns and rows of square cells the screen has, of which the height
// is the em of its font.
func (s screen) cells() (columns, rows int) {
	rows = int(math.Round(float64(s.height) / (float64(s.size) * emOfSize)))
	return rows * s.width / s.height, rows
}

// area returns the area of the screen in which lines end at the bottom.
func (s screen) area() area {
	x, bottom := 100*float64(s.side)/float64(s.width), 95.0
	if s.below > largestSize {
		bottom = 100 - 100*float64(s.below)/float64(s.height)
	}
	a := bottomArea
	a.x, a.width = round2(x), round2(100-2*x)
	a.y = round2(bottom - a.height)
	return a
}

// region returns the attributes of an area for a region of TTML.
func (a area) region() string {
	return fmt.Sprintf(`tts:origin="%g%% %g%%" tts:extent="%g%% %g%%" tts:displayAlign="%s"`,
		a.x, a.y, a.width, a.height, a.display)
}

// shrunk returns how large the letters of a line are beside those of others, in percent: 100
// unless the line, such as that of a long address, has no room in so many pixels.
func (s screen) shrunk(line string, room int) int {
	em := float64(s.size) * emOfSize
	if float64(len(line))*widestEms*em < float64(room) { // as most lines are
		return 100
	}
	return min(100, int(100*float64(room)/(ems(line)*em)))
}

// widestEms is the width of the widest letters in ems.
const widestEms = 1.02

// ems returns about how wide a line is in Arial, in ems.
func ems(line string) float64 {
	width := 0.0
	for _, r := range line {
		switch {
		case strings.ContainsRune(" ijltfrI.,:;'!|()[]-/\\`", r):
			width += 0.3
		case strings.ContainsRune("mwM", r):
			width += 0.85
		case strings.ContainsRune("W%@—…", r):
			width += widestEms
		case r >= utf8.RuneSelf && Columns(string(r)) != 1:
			width += float64(float64(Columns(string(r))) / 2)
		case unicode.IsUpper(r):
			width += 0.73
		default:
			width += 0.57
		}
	}
	return max(width, 0.3)
}
