package pronounce

import (
	"slices"
	"strings"
)

// Writing may leave a sound open: Arabic and Hebrew leave out most short vowels, and some of
// their letters are a consonant in one word and a vowel in another one. Such a sound is an open
// phone: any one of several phones, or an optional one, which may be missing. A table writes
// W|UW for either phone, T? for one that may be missing, and VOWEL for a vowel of any colour.
//
// Open phones come after the trained ones: no model has states of their own for them.
var openPhones = [...]struct {
	name   string
	sounds []Phone
}{
	{"VOWEL", []Phone{AH, AE, AA, EH, IH, AO, OW, UH}},
	{"AE|AA|AH", []Phone{AE, AA, AH}},
	{"AA|AO", []Phone{AA, AO}},
	{"AA|OW", []Phone{AA, OW, AO}},
	{"EH|AE", []Phone{EH, AE}},
	{"EH|IH", []Phone{EH, IH}},
	{"EY|EH|IY", []Phone{EY, EH, IY}},
	{"IY|EY", []Phone{IY, EY}},
	{"IH|IY", []Phone{IH, IY}},
	{"UH|OW", []Phone{UH, OW, AO}},
	{"UW|OW", []Phone{UW, OW, AO}},
	{"W|UW", []Phone{W, UW}},
	{"Y|IY", []Phone{Y, IY}},
	{"V|UW", []Phone{V, UW}},
	{"V|UW|OW", []Phone{V, UW, OW, AO}},
	{"Y|IY|EY", []Phone{Y, IY, EY}},
	{"B|V", []Phone{B, V}},
	{"P|F", []Phone{P, F}},
	{"K|KH", []Phone{K, KH}},
	{"K|G", []Phone{K, G}},
	{"G|KH", []Phone{G, KH, RR}},
	{"G|KH|K", []Phone{G, KH, K}},
	{"HH|KH", []Phone{HH, KH}},
	{"SH|S", []Phone{SH, S}},
	{"JH|ZH|G", []Phone{JH, ZH, G}},
	{"TH|S|T", []Phone{TH, S, T}},
	{"DH|Z|D", []Phone{DH, Z, D}},
	{"D|DH", []Phone{D, DH}},
	{"R|RR", []Phone{R, RR}},
	{"R|D", []Phone{R, D, L}},
}

const (
	// AllPhones is how many phones there are with the open ones, which come last.
	AllPhones = NumPhones + len(openPhones)
	// optional marks a phone that may be missing.
	optional = Phone(1 << 7)
	// closed stands in a rule where no vowel is left open. It is in no pronunciation.
	closed = optional - 1
)

// Open reports whether the phone is more than one phone, or may be missing.
func (p Phone) Open() bool { return int(p) >= NumPhones }

// Optional reports whether the phone may be missing.
func (p Phone) Optional() bool { return p&optional != 0 }

// AsOptional returns the phone as one that may be missing.
func (p Phone) AsOptional() Phone { return p | optional }

// Always returns the phone as one that isn't missing. It is less than AllPhones.
func (p Phone) Always() Phone { return p &^ optional }

// Sounds returns the phones that the phone may be, of which the first is the commonest: itself
// where it is none that leaves anything open.
func (p Phone) Sounds() []Phone {
	if p = p.Always(); int(p) < NumPhones {
		return []Phone{p}
	}
	return openPhones[int(p)-NumPhones].sounds
}

// name returns the phone's name in a table.
func (p Phone) name() string {
	switch q := p.Always(); {
	case int(q) >= AllPhones:
		return "?"
	case p.Optional():
		return q.name() + "?"
	case q.Open():
		return openPhones[int(q)-NumPhones].name
	default:
		return phoneNames[q]
	}
}

// openPhone returns the open phone of a name in a table: of several phones, or optional; "+" is
// no vowel.
func openPhone(name string) (Phone, bool) {
	if name == "+" {
		return closed, true
	}
	bare, maybe := strings.CutSuffix(name, "?")
	p, ok := phoneByName[bare]
	for i := range openPhones {
		if openPhones[i].name == bare {
			p, ok = Phone(NumPhones+i), true
		}
	}
	if maybe {
		p = p.AsOptional()
	}
	return p, ok
}

// consonant reports whether the phone is a consonant, or one may be.
func (p Phone) consonant() bool {
	return p != closed && slices.ContainsFunc(p.Sounds(), func(s Phone) bool { return !s.isVowel() })
}

// unwritten is the vowels that a script leaves out; 0 for none.
type unwritten struct {
	first   Phone // between the first two consonants of a word
	between Phone // between other ones
	last    Phone // behind the last one of a word of more than one letter
}

// add takes in a line of the [vowels] section, split at blanks.
func (u *unwritten) add(f []string) bool {
	if len(f) != 2 {
		return false
	}
	p, ok := openPhone(f[1])
	switch f[0] {
	case "first":
		u.first = p
	case "between":
		u.between = p
	case "last":
		u.last = p
	default:
		return false
	}
	return ok
}

// into appends the phones of a word, as its letters have them, to dst with the vowels that
// are left open.
func (u unwritten) into(dst, phones []Phone) []Phone {
	begun := len(dst)
	for i, p := range phones {
		if p == closed {
			continue
		}
		dst = append(dst, p)
		if !p.consonant() || p.Optional() {
			continue
		}
		switch {
		case i+1 == len(phones):
			if u.last != 0 && i > 0 {
				dst = append(dst, u.last)
			}
		case !phones[i+1].consonant():
		case len(dst) == begun+1 && u.first != 0:
			dst = append(dst, u.first)
		case u.between != 0:
			dst = append(dst, u.between)
		}
	}
	return dst
}
