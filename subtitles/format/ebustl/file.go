package ebustl

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// File is what a file holds.
type File struct {
	Rate      int // frames a second: 25 or 30 in what is written
	Teletext  bool
	Table     Table
	Language  string // BCP 47 tag, of which Encode writes the code; "" for none
	Title     string // of the programme
	Start     int64  // the time code of the first frame of the programme
	Subtitles []Subtitle
}

// Subtitle is what is shown at once, or added to what is shown.
type Subtitle struct {
	Number        int
	Start, End    int64 // time codes in frames from 00:00:00:00; -1 for one that is none
	Row           int   // at which its first row stands, from 1 at the top
	Height        int   // how many rows of the screen each of its own takes: 2 for letters of double height
	Justification Justification
	Comment       bool // nobody sees it
	Rows          [][]Cell
}

// Justification is where the text of a row stands.
type Justification byte

// The justifications. That of a text that is placed by spaces says nothing.
const (
	Unchanged Justification = iota
	Left
	Centered
	Right
)

// The sizes of blocks and of the text in them.
const (
	gsiSize  = 1024
	ttiSize  = 128
	textSize = 112
)

// Is reports whether data begins as a file does.
func Is(data []byte) bool {
	return len(data) >= gsiSize && bytes.HasPrefix(data[3:], []byte("STL")) && isDigits(data[6:8]) && data[8] == '.' &&
		isDigits(data[9:11])
}

func isDigits(b []byte) bool { return len(bytes.Trim(b, "0123456789")) == 0 }

// field is a place in the GSI block.
type field struct{ from, size int }

// The fields of the GSI block that are written or read, by their names in the standard.
var (
	cpn = field{0, 3}
	dfc = field{3, 8}
	dsc = field{11, 1}
	cct = field{12, 2}
	lc  = field{14, 2}
	opt = field{16, 32}
	cd  = field{224, 6}
	rd  = field{230, 6}
	rn  = field{236, 2}
	tnb = field{238, 5}
	tns = field{243, 5}
	tng = field{248, 3}
	mnc = field{251, 2}
	mnr = field{253, 2}
	tcs = field{255, 1}
	tcp = field{256, 8}
	tcf = field{264, 8}
	tnd = field{272, 1}
	dsn = field{273, 1}
)

// of returns what a field of a block holds, without the spaces around it.
func (f field) of(gsi []byte) string { return strings.TrimSpace(string(gsi[f.from : f.from+f.size])) }

// number returns the number of a field, or another where it holds none.
func (f field) number(gsi []byte, other int) int {
	if n, err := strconv.Atoi(f.of(gsi)); err == nil && n >= 0 {
		return n
	}
	return other
}

// The errors of Encode, and of Decode.
var (
	ErrTooLong = errors.New("time codes end at 24 hours: part the captions")
	ErrTooMany = errors.New("more subtitles than a file can number: part the captions")
	ErrCutOff  = errors.New("the file ends within a block")
)

// Encode returns a file for teletext of level 1. Subtitles have at least a row each. It returns ErrTooLong or
// ErrTooMany where they exceed what a file can hold.
func (f *File) Encode() ([]byte, error) {
	var blocks []byte
	for i, s := range f.Subtitles {
		if s.End >= int64(f.Rate)*24*3600 {
			return nil, ErrTooLong
		}
		blocks = append(blocks, s.encode(i+1, f.Rate, f.Table)...)
	}
	if len(f.Subtitles) > 0xffff || len(blocks)/ttiSize > 99999 {
		return nil, ErrTooMany
	}
	return append(f.gsi(len(blocks)/ttiSize), blocks...), nil
}

// gsi returns the block about a file of so many blocks of text.
func (f *File) gsi(blocks int) []byte {
	gsi := bytes.Repeat([]byte{' '}, gsiSize)
	set := func(at field, text string, args ...any) {
		copy(gsi[at.from:at.from+at.size], fmt.Sprintf(text, args...))
	}
	set(cpn, "850")
	set(dfc, "STL%02d.01", f.Rate)
	set(dsc, "1")
	set(cct, "%02d", f.Table)
	set(lc, "%02X", languageCode(f.Language))
	title := make([]byte, 0, opt.size)
	for _, r := range f.Title {
		if b, ok := charmap.CodePage850.EncodeRune(r); ok && len(title) < opt.size {
			title = append(title, b)
		}
	}
	set(opt, "%s", title)
	set(cd, "000101") // so that the same subtitles are the same bytes on any day
	set(rd, "000101")
	set(rn, "00")
	set(tnb, "%05d", blocks)
	set(tns, "%05d", len(f.Subtitles))
	set(tng, "001")
	set(mnc, "%02d", columns)
	set(mnr, "%02d", screenRows)
	set(tcs, "1")
	code := func(frame int64) string {
		c := timeCode(frame, f.Rate)
		return fmt.Sprintf("%02d%02d%02d%02d", c[0], c[1], c[2], c[3])
	}
	set(tcp, "%s", code(f.Start))
	first := f.Start
	if len(f.Subtitles) > 0 {
		first = f.Subtitles[0].Start
	}
	set(tcf, "%s", code(first))
	set(tnd, "1")
	set(dsn, "1")
	return gsi
}

// timeCode returns hours, minutes, seconds and frames.
func timeCode(frame int64, rate int) [4]byte {
	s := frame / int64(rate)
	return [4]byte{byte(s / 3600), byte(s / 60 % 60), byte(s % 60), byte(frame % int64(rate))}
}

// frameOf is the inverse of timeCode; -1 for what is no time code.
func frameOf(code []byte, rate int) int64 {
	if code[0] > 23 || code[1] > 59 || code[2] > 59 || int(code[3]) >= rate {
		return -1
	}
	return (int64(code[0])*3600+int64(code[1])*60+int64(code[2]))*int64(rate) + int64(code[3])
}

// The extension block numbers with a meaning of their own: the last block of a subtitle, and those from which on
// blocks hold no text.
const (
	lastBlock = 0xff
	noText    = 0xf0
)

// encode returns the blocks of a subtitle.
func (s *Subtitle) encode(number, rate int, t Table) []byte {
	var all []byte
	text := append(t.encodeRows(s.Rows), unused) // by which readers know its end
	for extension := 0; ; extension++ {
		n := min(textSize, len(text))
		if n < len(text) && t == Latin && text[n-1] > 0xc0 && text[n-1] < 0xd0 {
			n-- // a mark stays with its letter
		}
		block := bytes.Repeat([]byte{unused}, ttiSize)
		start, end := timeCode(s.Start, rate), timeCode(s.End, rate)
		copy(block, []byte{0, byte(number), byte(number >> 8), byte(min(extension, noText-1)), 0})
		copy(block[5:], start[:])
		copy(block[9:], end[:])
		block[13], block[14], block[15] = byte(s.Row), byte(s.Justification), 0
		copy(block[16:], text[:n])
		text = text[n:]
		all = append(all, block...)
		if len(text) == 0 {
			all[len(all)-ttiSize+3] = lastBlock
			return all
		}
	}
}

// Decode reads a file, see Is. What its block about the file does not say is taken as is usual for teletext. With
// ErrCutOff it returns what stands before a block that is not whole.
func Decode(data []byte) (*File, error) {
	if !Is(data) {
		return nil, errors.New("this is no file of EBU Tech 3264: its first block is missing")
	}
	gsi := data[:gsiSize]
	f := &File{Rate: 25, Teletext: dsc.of(gsi) != "0", Title: cp850(opt.of(gsi))}
	if rate, _ := strconv.Atoi(string(gsi[6:8])); rate > 0 {
		f.Rate = rate
		if rate == 23 || rate == 29 { // of 23.976 and 29.97, which others have: so many are counted in a second
			f.Rate++
		}
	}
	if n := cct.number(gsi, 0); n < int(tables) {
		f.Table = Table(n)
	}
	if n := tcp.number(gsi, 0); isDigits([]byte(tcp.of(gsi))) {
		code := [4]byte{byte(n / 1_000_000), byte(n / 10_000 % 100), byte(n / 100 % 100), byte(n % 100)}
		f.Start = max(0, frameOf(code[:], f.Rate))
	}
	var text []byte // of the blocks of a subtitle before the last one
	blocks := data[gsiSize:]
	for ; len(blocks) >= ttiSize; blocks = blocks[ttiSize:] {
		block := blocks[:ttiSize]
		extension := block[3]
		if extension >= noText && extension != lastBlock {
			continue
		}
		text = append(text, bytes.ReplaceAll(block[16:], []byte{unused}, nil)...)
		if extension != lastBlock {
			continue
		}
		s := Subtitle{
			Number: int(block[1]) | int(block[2])<<8, Start: frameOf(block[5:9], f.Rate), End: frameOf(block[9:13], f.Rate),
			Row: int(block[13]), Height: 1, Justification: Justification(block[14] & 3), Comment: block[15] == 1,
		}
		var double bool
		if s.Rows, double = f.Table.decodeRows(text); double {
			s.Height = 2
		}
		f.Subtitles = append(f.Subtitles, s)
		text = nil
	}
	if !f.Teletext { // which counts other rows
		rows := max(1, mnr.number(gsi, screenRows))
		for i := range f.Subtitles {
			f.Subtitles[i].Row = f.Subtitles[i].Row * screenRows / rows
		}
	}
	if len(text) > 0 || len(blocks) > ttiSize-textSize { // fewer bytes have no text
		return f, ErrCutOff
	}
	return f, nil
}

// cp850 returns text in the code page of the block about the file.
func cp850(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(charmap.CodePage850.DecodeByte(c))
	}
	return strings.TrimSpace(b.String())
}
