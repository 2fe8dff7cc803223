package format

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	unicodes "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Text that is not Unicode says nothing about its code page, unless it is a page of HTML or
// a file of XML. Package chardet, which has ICU's statistics of letters, names the likely
// ones; of these the one is taken whose text looks most like words. The two together were
// right for 85 % of captions of two cues, 93 % of 8 and 94 % of 40, in 50 pairs of a
// language and a code page; chardet alone for 79, 86 and 87 %. What they miss most are
// Baltic languages and Turkish.

// encodingNamed returns the encoding of that name, of those of the web
// (https://encoding.spec.whatwg.org/#names-and-labels), and its canonical name.
func encodingNamed(name string) (encoding.Encoding, string, error) {
	name = strings.TrimSpace(name)
	e, err := htmlindex.Get(name)
	if err != nil { // it may be a code page of DOS, or a name of Python or iconv
		plain := strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToLower(name))
		if known := otherNames[plain]; known != "" {
			return encodingNamed(known)
		}
		if e, err = ianaindex.IANA.Encoding(strings.Replace(plain, "cp", "IBM", 1)); err == nil && e != nil {
			return e, plain, nil
		}
		return nil, "", fmt.Errorf("%q is no encoding that is known: give one such as windows-1251, gbk or shift_jis", name)
	}
	canonical, err := htmlindex.Name(e)
	if err != nil {
		canonical = strings.ToLower(name)
	}
	return e, canonical, nil
}

// otherNames are names of encodings that the web has by another one.
var otherNames = map[string]string{
	"cp932": "shift_jis", "mskanji": "shift_jis", "cp936": "gbk", "ms936": "gbk", "cp949": "euc-kr", "uhc": "euc-kr",
	"cp950": "big5", "macroman": "macintosh", "maccyrillic": "x-mac-cyrillic", "cp874": "windows-874", "utf16": "utf-16le",
	"cp65001": "utf-8", "utf8sig": "utf-8", "latin2": "iso-8859-2", "ansi": "windows-1252",
}

// CheckEncoding returns an error where there is no encoding of that name.
func CheckEncoding(name string) error {
	_, _, err := encodingNamed(name)
	return err
}

// wideUnicode is a form of Unicode of more than one byte a unit.
type wideUnicode struct {
	encoding.Encoding
	unit int // bytes
}

func utf16In(order unicodes.Endianness) *wideUnicode {
	return &wideUnicode{unicodes.UTF16(order, unicodes.IgnoreBOM), 2}
}

func utf32In(order utf32.Endianness) *wideUnicode {
	return &wideUnicode{utf32.UTF32(order, utf32.IgnoreBOM), 4}
}

// decode returns the text of data, without a unit that was cut short.
func (w *wideUnicode) decode(data []byte) (string, error) {
	text, err := w.NewDecoder().Bytes(data[:len(data)/w.unit*w.unit])
	return string(text), err
}

// wideUnicodeOf returns the form of Unicode of more than one byte a unit that data is in by
// its byte order mark, and data without that, or by where its zero bytes are; nil for none.
func wideUnicodeOf(data []byte) (w *wideUnicode, rest []byte) {
	for _, b := range []struct {
		mark string
		*wideUnicode
	}{ // those of UTF-32 begin as those of UTF-16 do
		{"\xFF\xFE\x00\x00", utf32In(utf32.LittleEndian)}, {"\x00\x00\xFE\xFF", utf32In(utf32.BigEndian)},
		{"\xFF\xFE", utf16In(unicodes.LittleEndian)}, {"\xFE\xFF", utf16In(unicodes.BigEndian)},
	} {
		if rest, ok := bytes.CutPrefix(data, []byte(b.mark)); ok {
			return b.wideUnicode, rest
		}
	}
	// Blanks, figures and line ends of any script have a zero byte in UTF-16.
	const share = 16 // one in so many
	var zeros, controls [2]int
	head := data[:min(len(data), 1<<16)&^1]
	for i, c := range head {
		if c != 0 {
			continue
		}
		zeros[i%2]++
		if other := head[i^1]; other < ' ' && other != '\t' && other != '\n' && other != '\r' {
			controls[i%2]++
		}
	}
	for high, order := range []unicodes.Endianness{unicodes.BigEndian, unicodes.LittleEndian} {
		if zeros[high]*share > len(head)/2 && zeros[1-high]*share < zeros[high] && controls[high]*share <= zeros[high] {
			return utf16In(order), data
		}
	}
	// Text of East Asia has few of these, but all else that has zero bytes isn't all letters.
	for high, order := range []unicodes.Endianness{unicodes.BigEndian, unicodes.LittleEndian} {
		if w := utf16In(order); zeros[high] >= 2 && w.isWritten(head) {
			return w, data
		}
	}
	return nil, data
}

// isWritten reports whether data is lines of text in which nearly all is letters, figures, punctuation and white space, and most
// of what is beyond ASCII letters.
func (w *wideUnicode) isWritten(data []byte) bool {
	text, err := w.decode(data)
	all, others, letters, odd := 0, 0, 0, 0
	for _, r := range text {
		all++
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case !unicode.In(r, unicode.N, unicode.P, unicode.S, unicode.Zs) && !strings.ContainsRune("\n\r\t\uFEFF", r):
			odd++
		}
		if r >= utf8.RuneSelf {
			others++
		}
	}
	return err == nil && strings.Contains(text, "\n") &&
		odd*100 <= all && letters*2 >= all && others*2 >= all && mostlyOneBlock(text)
}

// mostlyOneBlock reports whether the letters of a text beyond ASCII are of few scripts, as those of a language are:
// bytes in the wrong order have letters of many.
func mostlyOneBlock(text string) bool {
	blocks, all := map[rune]int{}, 0
	for _, r := range text {
		if r < utf8.RuneSelf || !unicode.IsLetter(r) {
			continue
		}
		all++
		switch {
		case unicode.Is(unicode.Han, r):
			r = 0x4E00
		case unicode.Is(unicode.Hangul, r):
			r = 0xAC00
		}
		blocks[r>>8]++
	}
	usual := 0
	for _, n := range blocks {
		if n*10 >= all {
			usual += n
		}
	}
	return usual*10 >= all*9
}

// declared is how a page of HTML or a file of XML names its encoding.
var declared = lazyRegexp(`(?i)<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)|<meta[^>]*?\scharset\s*=\s*["']?([\w.:-]+)|` +
	`<meta[^>]*?content\s*=\s*["'][^"'>]*charset=([\w.:-]+)`)

// declaredEncoding returns the encoding that data names for itself; nil for none.
func declaredEncoding(data []byte) encoding.Encoding {
	m := declared().FindSubmatch(data[:min(len(data), 4096)])
	if m == nil {
		return nil
	}
	e, name, err := encodingNamed(string(bytes.Join(m[1:], nil)))
	if err != nil || strings.HasPrefix(name, "utf-") {
		return nil
	}
	return e
}

// guessEncoding returns the likely encoding of text that is not Unicode, and its name.
func guessEncoding(data []byte) (encoding.Encoding, string) {
	const enough = 1 << 16 // bytes
	const few = 3          // letters that tell nothing
	sample := otherLines(data, enough)
	western, westernName, _ := encodingNamed("windows-1252")
	text, err := western.NewDecoder().String(string(sample))
	if err == nil && oddLetters(text) == 0 && countOthers(text) < few {
		return western, westernName
	}
	if len(data) > enough {
		data = sample
	}
	all, _ := chardet.NewTextDetector().DetectAll(data)  // an error says that there are none
	slices.SortFunc(all, func(a, b chardet.Result) int { // which come in any order
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(strings.ToLower(a.Charset), strings.ToLower(b.Charset)))
	})
	var names []string
	for _, r := range all {
		names = append(names, r.Charset)
	}
	// chardet doesn't know these, or not all of their letters.
	names = append(names, "windows-874", "windows-1251", "ibm866", "windows-1257", "macintosh")
	best, bestName := western, westernName
	least := 0.2 // of the characters beyond ASCII; at most as many in what is taken
	const better = 0.02
	for _, name := range names {
		if strings.EqualFold(name, "KOI8-R") {
			name = "koi8-u" // has more letters
		}
		e, canonical, err := encodingNamed(name)
		if err != nil {
			continue
		}
		text, err := e.NewDecoder().Bytes(sample)
		if err != nil {
			continue
		}
		if odd := oddLetters(string(text)); odd < least-better {
			best, bestName, least = e, canonical, odd
		}
	}
	return best, bestName
}

// otherLines returns the lines of data with bytes beyond ASCII, up to a size.
func otherLines(data []byte, size int) []byte {
	var lines []byte
	for line := range bytes.Lines(data) {
		if len(lines)+len(line) > size && len(lines) > 0 {
			break
		}
		if bytes.ContainsFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) {
			lines = append(lines, line[:min(len(line), size)]...)
		}
	}
	return lines
}

// countOthers returns how many letters beyond ASCII text has.
func countOthers(text string) (n int) {
	for _, r := range text {
		if r >= utf8.RuneSelf && unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// oddLetters returns the share of the characters beyond ASCII that don't look like part of
// words: letters of several scripts, or a capital behind a small letter, in one word, signs
// that follow letters, and what is no character at all.
func oddLetters(text string) float64 {
	odd, all := 0, 0
	var before rune
	for _, r := range text {
		other := r >= utf8.RuneSelf
		if other {
			all++
		}
		switch {
		case other && (r == utf8.RuneError || r < 0xA0 || unicode.Is(unicode.Co, r) || r >= 0x2500 && r < 0x25A0 ||
			r >= 0xFF61 && r <= 0xFF9F):
			odd++ // among them signs that draw boxes, and kana of half the width
		case unicode.IsLetter(r):
			if (other || before >= utf8.RuneSelf) && unicode.IsLetter(before) &&
				(mixed(before, r) || unicode.IsUpper(r) && unicode.IsLower(before)) {
				odd++
			}
		case other && r < 0x300 && (unicode.IsSymbol(r) || unicode.IsNumber(r)) && unicode.IsLetter(before):
			odd++
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return float64(odd) / float64(all)
}

// alphabets are scripts of which a word has letters of one alone.
var alphabets = []*unicode.RangeTable{
	unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai,
}

// mixed reports whether two letters are of different alphabets.
func mixed(a, b rune) bool {
	of := func(r rune) *unicode.RangeTable {
		for _, t := range alphabets {
			if unicode.Is(t, r) {
				return t
			}
		}
		return nil
	}
	x, y := of(a), of(b)
	return x != y && x != nil && y != nil
}

// toUTF8 decodes text, see DecodeAs.
func toUTF8(data []byte, name string) (text, guessed string, err error) {
	var named encoding.Encoding
	if name != "" {
		if named, _, err = encodingNamed(name); err != nil {
			return "", "", err
		}
	}
	wide, rest := wideUnicodeOf(data)
	rest, marked := bytes.CutPrefix(rest, []byte("\uFEFF"))
	marked = marked || len(rest) < len(data)
	switch {
	case wide != nil && (marked || named == nil):
		if text, err = wide.decode(rest); err == nil {
			return text, "", nil
		}
		return "", "", errors.New("this is no text: save it as UTF-8")
	case named != nil && !marked:
	case bytes.Contains(rest, []byte("\x1b$")) && utf8.Valid(rest):
		named = japanese.ISO2022JP
	case utf8.Valid(rest):
		text, page := unmisread(string(rest))
		if page != "" {
			guessed = "UTF-8 that was taken for " + page + " and saved again"
			text = strings.TrimPrefix(text, "\uFEFF") // which was misread, too
		}
		return text, guessed, nil
	case marked || isDamagedUTF8(rest):
		return strings.ToValidUTF8(string(rest), "\uFFFD"), "", nil
	default:
		if named = declaredEncoding(rest); named == nil {
			named, guessed = guessEncoding(rest)
		}
	}
	decoded, err := named.NewDecoder().Bytes(rest)
	if err != nil { // its decoder gives up
		return strings.ToValidUTF8(string(rest), "\uFFFD"), "", nil
	}
	return string(decoded), guessed, nil
}

// isDamagedUTF8 reports whether text is UTF-8 but for some bytes. In a code page a letter with
// an accent stands among letters without, or among others such: it is a bad byte. To form a
// sequence of UTF-8 it would have to be followed by bytes that fit it, which are rare. So one
// sequence for each bad byte is evidence enough that these are damage.
func isDamagedUTF8(data []byte) bool {
	bad, multi := 0, 0
	for rest := data; len(rest) > 0; {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else if n > 1 {
			multi++
		}
		rest = rest[n:]
	}
	return multi >= bad
}
