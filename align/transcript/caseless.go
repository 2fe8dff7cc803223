package transcript

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Most scripts have no capitals, so that no letter tells that a sentence begins or that a word is
// a name. What a capital says for a name is then said by its recurrence and its place: a name
// before a colon is a label where it comes again, or where most lines have one.

// isLower reports whether r is a small letter. Georgian is written in what Unicode counts as small
// letters, without capitals.
func isLower(r rune) bool { return unicode.IsLower(r) && !unicode.Is(unicode.Georgian, r) }

// mayBegin reports whether a sentence or a name may begin with the letter r: it is a capital, or of
// a script without any.
func mayBegin(r rune) bool { return unicode.IsLetter(r) && !isLower(r) }

// isCaseless reports whether the first letter of s is of a script without capitals.
func isCaseless(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return mayBegin(r) && !unicode.IsUpper(r) && !unicode.IsTitle(r)
		}
	}
	return false
}

// mostOnce and mostGuest are the most words of a name in a script without capitals that comes
// once: where most lines have a label, and where those that come again are many.
const mostOnce, mostGuest = 3, 2

// isCaselessLabel reports whether a name before a colon, in a script without capitals, which comes n times
// and is not sure, is the label of a speaker.
func (e *labelEvidence) isCaselessLabel(l label, n int, amid bool) bool {
	f, words := e.forms[colon], strings.Count(l.name, " ")+1
	switch {
	case n >= 2:
		return f.names >= 2 || f.again*6 >= e.lines
	case amid, strings.ContainsAny(l.name, "،，、"):
		return false
	case f.lines >= 2 && f.lines*3 >= e.lines*2:
		return words <= mostOnce
	}
	return e.settled && f.again*3 >= e.lines && words <= mostGuest
}

// noCaselessName reports whether s, in a script without capitals, is no name by its words: it ends
// as a sentence does, or tells that somebody speaks, as what stands before a quotation.
func noCaselessName(s string) bool {
	if !isCaseless(s) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	if unicode.Is(unicode.Sentence_Terminal, last) || strings.ContainsFunc(s, isStop) || strings.Contains(s, "؛") {
		return true
	}
	for w := range strings.FieldsSeq(s) {
		if sayings[w] || sayings[withoutAnd(w)] {
			return true
		}
		for _, end := range sayingEnds {
			if strings.HasSuffix(w, end) && w != "问" && w != "問" { // which alone is that of an interview
				return true
			}
		}
	}
	return false
}

// withoutAnd returns an Arabic or Hebrew word without the letter for and, or so, before it.
func withoutAnd(w string) string {
	r, size := utf8.DecodeRuneInString(w)
	if (r == 'و' || r == 'ف' || r == 'ו') && len(w) > 3*size {
		return w[size:]
	}
	return w
}

var (
	// sayings are verbs that stand before a quotation, in Arabic, Persian, Urdu, Hebrew, Hindi, Bengali, Korean
	// and Georgian: said, asked, answered, cried, thought.
	sayings = set(`قال قالت قالوا قلت يقول تقول سأل سألت سأله سألها أجاب أجابت صرخ صرخت صاح صاحت نادى نادت همس همست
		رد ردت أضاف أضافت فكر فكرت هتف هتفت أخبر أخبرت كتب كتبت
		گفت گفتم گفتند ` + "می\u200cگوید" + ` پرسید پرسیدم پرسیدند داد زد نوشت
		کہا کہتا کہتی کہنے پوچھا بولا بولی بولے
		אמר אמרה אמרו אמרתי אומר אומרת שאל שאלה שאלו ענה ענתה ענו צעק צעקה קרא קראה לחש לחשה חשב חשבה השיב השיבה כתב כתבה
		कहा कहता कहती बोला बोली बोले पूछा चिल्लाया चिल्लाई सोचा লিখল বলল বলেন বললেন বলে
		말했다 말했어요 말했습니다 물었다 대답했다 외쳤다 თქვა უთხრა ჰკითხა იკითხა უპასუხა`)
	// sayingEnds are their ends in scripts without blanks, and those of verbs in the past in Korean, as no name has.
	sayingEnds = []string{"说", "說", "说道", "說道", "问道", "問道", "答道", "喊道", "叫道", "笑道", "问", "問", "ว่า", "言った", "言う", "言いました",
		"했다", "했죠", "했지", "했어요", "했습니다", "셨다", "셨죠", "셨지", "셨어요", "셨습니다", "었다", "었죠", "었지", "었어요", "었습니다"}
)
