package format

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Mojibake is what text in UTF-8 becomes when a program reads its bytes in a code page and saves the letters that it took
// them for: Ã© for é, â€™ for ’, Ð¿ for п, and for п again, where the code page is that of Windows for Russian, Рї. The
// bytes are all still there, and where all of a text turns back into UTF-8, which text hardly does by chance, it is
// restored.

// misreadings are the code pages that programs take UTF-8 for, with those first that are taken most.
var misreadings = []struct {
	name string
	*charmap.Charmap
}{
	{"windows-1252", charmap.Windows1252}, {"windows-1251", charmap.Windows1251}, {"windows-1250", charmap.Windows1250},
	{"macintosh", charmap.Macintosh},
}

const (
	// mostMisread is how often a text may have been misread one time after another.
	mostMisread = 3
	// fewestMisread is the fewest characters that show that a text was misread, of which two at the least are different:
	// one may be two signs that met by chance, É’ in capitals.
	fewestMisread = 3
	// betterBy is how many fewer of the characters beyond ASCII are odd in what is restored, see oddLetters.
	betterBy = 0.1
)

// unmisread returns a text as it was before it was misread and saved again, and in which code page; text itself and "" where
// it wasn't, or where not all of it can be restored, or not to what is plainly text.
func unmisread(text string) (restored, page string) {
	restored = text
	odd := oddMisread(text)
	if odd < betterBy {
		return text, "" // nothing could be better, as of text in ASCII alone
	}
	once := text
	for range mostMisread {
		var name string
		if once, name = unmisreadOnce(once); name == "" {
			break
		}
		if plainlyText(once) && oddLetters(once)+betterBy <= odd {
			restored, page = once, name
		}
	}
	return restored, page
}

func unmisreadOnce(text string) (restored, page string) {
	for _, m := range misreadings {
		data := make([]byte, 0, len(text))
		whole := true
		for _, r := range text {
			c, ok := byteOf(m.Charmap, r)
			if !ok {
				whole = false
				break
			}
			data = append(data, c)
		}
		if !whole || !utf8.Valid(data) {
			continue
		}
		restored := string(data)
		n, different := 0, map[rune]bool{}
		for _, r := range restored {
			if r >= utf8.RuneSelf {
				n++
				different[r] = true
			}
		}
		if n >= fewestMisread && len(different) >= 2 {
			return restored, m.name
		}
	}
	return text, ""
}

// plainlyText reports whether the characters beyond ASCII of what was restored are those of text. A capital and the sign
// that follows it, as in CAFÉ’S, can be taken for two bytes of UTF-8; but then they become a small letter among capitals,
// one that hardly any language has, or one of another script. Letters of three bytes don't come about so.
func plainlyText(restored string) bool {
	const most = 10 // one strange character among so many
	usual, strange := 0, 0
	all := []rune(restored)
	at := func(i int) rune {
		if i < 0 || i >= len(all) {
			return ' '
		}
		return all[i]
	}
	for i, r := range all {
		before := at(i - 1)
		switch size := utf8.RuneLen(r); {
		case size < 2:
		case size > 2:
			usual++
		case !unicode.IsLetter(r):
			if r >= 0xA0 && r < 0xC0 && !unicode.IsLetter(before) { // Â stands in words alone
				usual++
			}
		case shortScript(before) != nil && shortScript(before) != shortScript(r),
			shortScript(at(i+1)) != nil && shortScript(at(i+1)) != shortScript(r):
			strange++
		case before >= utf8.RuneSelf && unicode.IsLetter(before):
			usual++ // a capital and a sign stand by themselves
		case !unicode.Is(unicode.Latin, r): // a sign of mathematics, or a word of one letter
		case unicode.IsLower(r) && unicode.IsUpper(before) && unicode.IsUpper(at(i-2)):
			strange++
		case isRareLatin(r):
			if !unicode.IsLower(before) {
				strange++
			}
		case unicode.IsLower(r) && (!unicode.IsUpper(before) || unicode.IsLower(at(i+1))):
			usual++
		}
	}
	return usual > 1 && strange*most <= usual
}

// isRareLatin reports whether a Latin letter of two bytes is one of phonetics, or of languages that are hardly written.
func isRareLatin(r rune) bool {
	return r >= 0x180 && r < 0x2B0 && !strings.ContainsRune("ƠơƯưȘșȚț", r)
}

// shortScript returns the script of a letter of two bytes at most, nil for any other character.
func shortScript(r rune) *unicode.RangeTable {
	if !unicode.IsLetter(r) || utf8.RuneLen(r) > 2 {
		return nil
	}
	for _, t := range shortScripts {
		if unicode.Is(t, r) {
			return t
		}
	}
	return nil
}

// shortScripts are those whose letters have two bytes in UTF-8.
var shortScripts = append([]*unicode.RangeTable{unicode.Armenian, unicode.Syriac, unicode.Thaana, unicode.Nko}, alphabets...)

// byteOf returns the byte of a character in a code page. What the page has no letter for is the control of that
// number, as browsers have it.
func byteOf(page *charmap.Charmap, r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return byte(r), true
	}
	if c, ok := page.EncodeRune(r); ok {
		return c, true
	}
	if r < 0xA0 && page.DecodeByte(byte(r)) == utf8.RuneError {
		return byte(r), true
	}
	// Others read bytes as the first 256 characters of Unicode.
	return byte(r), page == charmap.Windows1252 && r < 0xA0
}

// oddMisread returns how much of the characters beyond ASCII looks odd in a text that may be misread: of text that is,
// letters and signs stand side by side in words.
func oddMisread(text string) float64 {
	odd, all := 0, 0
	var before rune
	for _, r := range text {
		if r >= utf8.RuneSelf {
			all++
			if before >= utf8.RuneSelf && (!unicode.IsLetter(r) || unicode.IsUpper(r) || unicode.IsUpper(before)) {
				odd++
			}
		}
		before = r
	}
	if all == 0 {
		return 0
	}
	return float64(odd) / float64(all)
}

// Garbled returns an example of what in a text looks as if it was UTF-8 that a program read in another encoding and
// saved again, as â€™ does, where there is more of it than chance makes and DecodeAs couldn't restore all of it; "" where
// there is none.
func Garbled(text string) (example string) {
	others, within, seen := 0, 0, map[string]bool{}
	var restored strings.Builder // without what was not misread
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r < utf8.RuneSelf {
			restored.WriteByte(byte(r))
			at += size
			continue
		}
		others++
		was, n, bytes := misreadAt(text[at:])
		restored.WriteRune(was)
		if n > 1 {
			piece := text[at : at+bytes]
			if example == "" {
				example = piece
			}
			seen[piece] = true
			others += n - 1
			within += n
			size = bytes
		}
		at += size
	}
	if len(seen) < fewestMisread || within*4 < others || !plainlyText(restored.String()) {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return -1
	}, example)
}

// misreadAt returns the character of UTF-8 that text begins with, misread in windows-1252, and how many characters, and
// bytes, it became; a blank and 0 if it is none.
func misreadAt(text string) (was rune, n, bytes int) {
	var data []byte
	for _, r := range text {
		c, ok := byteOf(charmap.Windows1252, r)
		if !ok || len(data) == utf8.UTFMax || len(data) > 0 && utf8.RuneStart(c) {
			break
		}
		data = append(data, c)
		bytes += utf8.RuneLen(r)
		if utf8.FullRune(data) {
			break
		}
	}
	was, size := utf8.DecodeRune(data)
	if was == utf8.RuneError || size < len(data) || size < 2 {
		return ' ', 0, 0
	}
	return was, len(data), bytes
}
