// Package pronounce turns written words into phone-like units, by rules for
// each language.
package pronounce

// Unit is one of the sounds that the aligner knows, the same for all languages.
type Unit uint8

// The units. Silence is no sound of a word.
const (
	Silence Unit = iota
	IY           // b_ee_t
	IH           // b_i_t
	EY           // b_ai_t
	EH           // b_e_t
	AE           // b_a_t
	AA           // f_a_ther
	AO           // l_aw_
	OW           // b_oa_t
	UH           // b_oo_k
	UW           // b_oo_t
	AH           // b_u_t, and the unstressed _a_bout
	ER           // b_ir_d
	AY           // b_uy_
	AW           // n_ow_
	OY           // b_oy_
	UE           // French l_u_ne, German _ü_ber
	OE           // French d_eu_x, German sch_ö_n
	AN           // French v_ent_
	ON           // French b_on_
	EN           // French v_in_
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
	RR           // a trilled r, Spanish pe_rr_o
	KH           // Scottish lo_ch_, German ba_ch_, Spanish _j_ota
	NumUnits int = iota
)
