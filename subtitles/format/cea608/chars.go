package cea608

// The characters that are others than those of ASCII at the same place, or have no place there. One of the extended
// sets takes the place of the character before it, so that decoders without these sets still show that.
var (
	basic = map[byte]rune{
		0x2a: 'á', 0x5c: 'é', 0x5e: 'í', 0x5f: 'ó', 0x60: 'ú', 0x7b: 'ç', 0x7c: '÷', 0x7d: 'Ñ', 0x7e: 'ñ', 0x7f: '█',
	}
	// special are the second bytes from 0x30 on behind 0x11. The tenth is a space through which the film is seen.
	special = []rune("®°½¿™¢£♪à\u00A0èâêîôû")
	// western are the second bytes from 0x20 on behind 0x12: Spanish, French and signs; northern those behind 0x13:
	// Portuguese, German and Danish.
	western  = []rune("ÁÉÓÚÜü‘¡*'—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»")
	northern = []rune("ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤¦ÅåØø┌┐└┘")
)

// The characters whose places those of the extended sets take, in their order.
const (
	westernFallbacks  = `AEOUUu'!#'-cs.""AACEEEeIIiOUuU""`
	northernFallbacks = `AaIIiOoOo()/'-!-AaOosYo!AaOo++++`
)

// glyph is how a character is sent: as a byte, as the pair of a special one, or as the pair of an extended one
// behind the byte whose place it takes.
type glyph struct {
	code byte // 0 for none
	pair Pair // 0 for none
}

// glyphs has all characters. The law shows a curved apostrophe where ASCII has a straight one, and decoders show
// either; a space that forbids a break is one like any other, once lines are broken.
var glyphs = func() map[rune]glyph {
	all := map[rune]glyph{}
	for i, r := range western {
		all[r] = glyph{westernFallbacks[i], 0x1220 + Pair(i)}
	}
	for i, r := range northern {
		all[r] = glyph{northernFallbacks[i], 0x1320 + Pair(i)}
	}
	for i, r := range special {
		all[r] = glyph{pair: 0x1130 + Pair(i)}
	}
	for code := byte(' '); code < 0x80; code++ {
		r, other := basic[code]
		if !other {
			r = rune(code)
		}
		all[r] = glyph{code: code}
	}
	all['\u00A0'], all['’'] = glyph{code: ' '}, glyph{code: '\''}
	return all
}()

// Has reports whether captions can have a character.
func Has(r rune) bool {
	_, ok := glyphs[r]
	return ok
}

// runeOf returns the character of a byte without its parity.
func runeOf(code byte) rune {
	if r, ok := basic[code]; ok {
		return r
	}
	return rune(code)
}
