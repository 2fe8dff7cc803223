package cea608

import (
	"fmt"
	"math/bits"
	"strconv"
)

// Pair is what a frame carries: two bytes of seven bits, the first of them above, without their parity.
type Pair uint16

// The control codes of the first channel. Each is sent twice, in frames that follow each other, and is done once.
const (
	ResumeLoading  Pair = 0x1420 // RCL: what follows is for the caption that is shown next
	backspace      Pair = 0x1421 // BS
	deleteToEnd    Pair = 0x1424 // DER: of the row
	rollUp2        Pair = 0x1425 // RU2: two rows roll up; RU3 and RU4 follow
	rollUp4        Pair = 0x1427
	resumeDirect   Pair = 0x1429 // RDC: what follows is painted on what is shown
	textRestart    Pair = 0x142a // TR: what follows is no caption
	resumeText     Pair = 0x142b // RTD: likewise
	EraseDisplayed Pair = 0x142c // EDM
	carriageReturn Pair = 0x142d // CR: rows roll up
	EraseLoaded    Pair = 0x142e // ENM: what is not shown yet
	EndOfCaption   Pair = 0x142f // EOC: what was loaded is shown

	tabOffset   Pair = 0x1720 // and 1 to 3 columns
	midRow      Pair = 0x1120 // and a style
	italicStyle Pair = 0xe    // of styles: no colour
	underlined  Pair = 1      // of styles and addresses
	indented    Pair = 0x10   // of addresses: an indent follows, not a style
)

// The screen, and how many columns the step of an indent has.
const (
	Rows    = 15
	Columns = 32
	indent  = 4
)

// String returns the pair with odd parity as files of Scenarist have it, such as 9420.
func (p Pair) String() string { return fmt.Sprintf("%02x%02x", odd(byte(p>>8)), odd(byte(p))) }

// odd returns a byte of seven bits with the eighth that makes the number of all that are set odd.
func odd(b byte) byte {
	b &= 0x7f
	if bits.OnesCount8(b)%2 == 0 {
		b |= 0x80
	}
	return b
}

// ParsePair is the inverse of String. What the parity says of damage is not looked at, since many files have none.
func ParsePair(s string) (Pair, error) {
	n, err := strconv.ParseUint(s, 16, 16)
	if err != nil || len(s) != 4 {
		return 0, fmt.Errorf("%q: not four hexadecimal digits", s)
	}
	return Pair(n & 0x7f7f), nil
}

// IsControl reports whether the pair is no text: such are done once where they are sent twice.
func (p Pair) IsControl() bool { return p>>8 >= 0x10 && p>>8 < 0x20 }

// addresses are the first byte of the address of each row, from 1, and the least second one.
var addresses = [Rows + 1]Pair{1: 0x1140, 0x1160, 0x1240, 0x1260, 0x1540, 0x1560, 0x1640, 0x1660, 0x1740, 0x1760,
	0x1040, 0x1340, 0x1360, 0x1440, 0x1460}

// rowOf returns the row that the address p is of; 0 where it is none.
func rowOf(p Pair) int {
	for row, a := range addresses {
		if row > 0 && p&^0x1f == a {
			return row
		}
	}
	if p&^0x1f == 0x1060 { // which no row has; decoders take it for that of row 11
		return 11
	}
	return 0
}
