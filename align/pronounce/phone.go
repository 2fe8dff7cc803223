package pronounce

import "fmt"

// Phone is one of the sounds that the aligner knows, the same for all languages, or an open
// phone, which is one of several or may be missing (see Sounds and Optional). The sounds are
// the 39 phones of ARPABET as in the CMU Pronouncing Dictionary, without stress,
// and UE, OE, AN, ON, EN, RR and KH for sounds that English lacks.
//
// The order matters: Silence comes first and is 0, then come the vowels, from IY to EN,
// then the consonants; and a trained model stores its states in the order of the phones.
type Phone uint8

// The phones. Silence is no sound of a word.
const (
	Silence Phone = iota
	IY            // b_ee_t
	IH            // b_i_t
	EY            // b_ai_t
	EH            // b_e_t
	AE            // b_a_t
	AA            // f_a_ther
	AO            // l_aw_
	OW            // b_oa_t
	UH            // b_oo_k
	UW            // b_oo_t
	AH            // b_u_t, and the unstressed _a_bout
	ER            // b_ir_d
	AY            // b_uy_
	AW            // n_ow_
	OY            // b_oy_
	UE            // not in ARPABET: French l_u_ne, German _ü_ber
	OE            // not in ARPABET: French d_eu_x, German sch_ö_n
	AN            // not in ARPABET: French v_ent_
	ON            // not in ARPABET: French b_on_
	EN            // not in ARPABET: French v_in_
	P
	B
	T
	D
	K
	G
	F
	V
	TH // _th_in
	DH // _th_en
	S
	Z
	SH // _sh_ip
	ZH // vi_s_ion
	HH // _h_at
	CH // _ch_in
	JH // _j_am
	M
	N
	NG // si_ng_
	L
	R
	W
	Y
	RR            // not in ARPABET: a trilled r, Spanish pe_rr_o
	KH            // not in ARPABET: Scottish lo_ch_, German ba_ch_, Spanish _j_ota
	NumPhones int = iota
)

var phoneNames = [NumPhones]string{
	"SIL", "IY", "IH", "EY", "EH", "AE", "AA", "AO", "OW", "UH", "UW", "AH", "ER", "AY", "AW", "OY",
	"UE", "OE", "AN", "ON", "EN", "P", "B", "T", "D", "K", "G", "F", "V", "TH", "DH", "S", "Z", "SH",
	"ZH", "HH", "CH", "JH", "M", "N", "NG", "L", "R", "W", "Y", "RR", "KH",
}

// phoneByName holds the phones that a table may name: all but Silence.
var phoneByName = func() map[string]Phone {
	m := make(map[string]Phone, NumPhones)
	for p := IY; int(p) < NumPhones; p++ {
		m[p.String()] = p
	}
	return m
}()

// String returns the phone's name, "SIL" for Silence and "?" for what is none.
func (p Phone) String() string { return p.name() }

// isVowel reports whether the phone is a vowel or a diphthong.
func (p Phone) isVowel() bool { return p >= IY && p <= EN }

// parsePhones reads the names of phones; a lone "-" stands for none.
func parsePhones(names []string) ([]Phone, error) {
	if len(names) == 1 && names[0] == "-" {
		return nil, nil
	}
	phones := make([]Phone, 0, len(names))
	for _, name := range names {
		p, ok := openPhone(name)
		if !ok {
			return nil, fmt.Errorf("no phone %q", name)
		}
		phones = append(phones, p)
	}
	return phones, nil
}
