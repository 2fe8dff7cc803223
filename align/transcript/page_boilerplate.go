package transcript

import (
	"slices"
	"strings"
	"unicode"
)

// What web pages write around a transcript. A pattern belongs here if many sites write
// it and no speaker is likely to say it as a paragraph of its own.

// headingKind is how a line announces the transcript.
type headingKind int

const (
	noHeading headingKind = iota
	heading               // Transcript, Full transcript:
	title                 // Interview with Ada Byron - Transcript
)

var (
	// The word in the languages of the program, and what pages in Chinese and Japanese
	// write.
	transcriptWord = lazyRegexp(`(?i)\b(` +
		`transcript|transcription|transkript|transkription|transcripción|transcripcion|trascrizione|transcrição|abschrift)\b|` +
		`расшифровка|стенограмма|транскрипт|文字起こし|書き起こし|逐字稿|文字稿|文字实录`)
	transcriptStems = []string{"transcri", "transkri", "trascri", "abschrift", "расшифровк", "стенограмм", "транскрипт",
		"起こし", "字稿", "文字实录"}
	// What may stand beside it in a heading.
	headingWords = set(`full the a an episode show complete podcast interview audio video read edited rush automated
		auto auto-generated machine unedited text of this episode's here below begins begin starts start follows is
		our raw rough clean and view expand open toggle hide collapse der die das vollständiges komplett completa
		complète complet la de l'épisode del dell'episodio episodio integrale выпуска полная текстовая`)
	notHeading = lazyRegexp(`(?i)\b(` +
		`by|download|jump|copyright|generated|provided|available|policy|pdf|service|services|click|get|see|find|` +
		`not|may)\b`)
)

// headingOf returns how a line announces the transcript. inline is the speech on the same
// line: Transcript: Good evening, ...
func headingOf(it *item) (kind headingKind, inline string) {
	s := it.plain
	if len(s) > 160 {
		s = s[:160]
	}
	// The pattern is slow, and most lines are speech.
	lower := strings.ToLower(s)
	if !slices.ContainsFunc(transcriptStems, func(stem string) bool { return strings.Contains(lower, stem) }) {
		return noHeading, ""
	}
	m := transcriptWord().FindStringIndex(s)
	if m == nil || notHeading().MatchString(s) && it.level == 0 {
		return noHeading, ""
	}
	if head, rest, ok := strings.Cut(it.plain, ":"); ok && len(head) < 40 {
		if k, _ := headingOf(&item{plain: head, line: line{level: it.level}}); k == heading && strings.TrimSpace(rest) != "" {
			if len(strings.Fields(rest)) > 6 && endsText(rest) {
				_, inline, _ = strings.Cut(it.text, ":")
				return heading, strings.TrimSpace(strings.TrimLeft(inline, "\x01\x02 "))
			}
			return title, ""
		}
	}
	words := strings.Fields(strings.Trim(s, "#*:-–—=•[]()▼▾▸►+|.… "))
	if len(words) == 0 || len(words) > 12 || strings.HasSuffix(s, ".") && len(words) > 3 {
		return noHeading, ""
	}
	for _, w := range words {
		w = strings.ToLower(strings.Trim(w, "()[]:-–—,."))
		if w != "" && !headingWords[w] && !transcriptWord().MatchString(w) {
			if m[0] < 3 || m[1] > len(s)-3 || it.level > 0 {
				return title, ""
			}
			return noHeading, ""
		}
	}
	return heading, ""
}

var (
	// Addresses end at a blank, and where text goes on in a script without blanks.
	address = lazyRegexp(`(?:https?://|www\.)` +
		`[^\s\x{0E00}-\x{0EFF}\x{1000}-\x{109F}\x{1780}-\x{17FF}\x{3000}-\x{9FFF}\x{FF00}-\x{FFEF}]+`)
	noticeHead = lazyRegexp(`(?i)^\W*(note:? |please note:? |editor.s note:? |disclaimer:? )?(that )?(` +
		`this is an? (rush|automated|auto-generated|machine|unedited|rough|edited)|` +
		`(this|the|our|these|npr|all) ([\w-]+ ){0,3}transcripts?\b|` +
		`transcripts? (of|for|is|are|was|were|may|has|have|provided|created|generated|by)\b|transcribed by|` +
		`accuracy (and availability )?of|the following (is|transcript)|` +
		`(this|the|our) (interview|conversation|episode|text|discussion) (has been|was|is|have been) (\w+ )?` +
		`(edited|condensed|transcribed|automatically)|transcript(ion)? (was )?(lightly |slightly )?(edited|condensed)|` +
		`.{1,60}: (audio|video) automatically transcribed|this [\w ]{0,12}(audio|video) file was |` +
		`automatically convert your .{1,80} files? to text|[\w.]+ is the .{1,40} automated transcription)`)
	// What programs write where they begin and end to listen: Ada Byron started transcription.
	noticeTool = lazyRegexp(`^(.{2,60}?) (?:has )?(?:started|stopped) (?:the |this )?` +
		`(?:transcription|transcribing|recording)(?: (?:the|this) meeting)?$`)
	noticeStems = []string{"ranscri", "dited", "ondensed", "RANSCRI", "DITED", "ONDENSED"}
	noticeSays  = lazyRegexp(`(?i)` +
		`generated|created|transcribed|produced|provided|edited|errors|accura|typos|final form|automat|machine|` +
		`exported|downloaded|platform|convert|\bai\b|rush|verbatim|lightly|condensed|clarity|mistakes|copyright|updated|revised|vary|software`)

	footerStarts = lazyRegexp(`(?i)^\W*(` +
		`(this|the) (content|article|story|post|piece|interview|text|episode|page) (has |was |is )?(been )?` +
		`(originally|first) (appeared|published|posted|aired|broadcast)|` +
		`(originally|first) (published|appeared|posted) (on|at|in|by)|©|\(c\) |copyright( ©| \(c\)|:)? ?\d{4}|` +
		`retrieved from|(please )?(log|sign) ?(in|up) (to|or|with|for)\b|login\b|(posted|filed) (in|under|on)\b|` +
		`(tags?|categories|keywords|category|tagged|filed under|schlagw[oö]rt(er)?|stichw[oö]rt(er)?|kategorien?|mots[- ]clés|` +
		`catégories?|étiquettes|etiquetas|palabras clave|categorías?|palavras-chave|parole chiave|теги|метки|категори[ия])\s*:|` +
		`tagged (with|as)\b|` +
		`(leave|post|add|write) an? (comment|reply|review)|\d+ (comments?|responses|replies)\b|` +
		`(privacy|cookie) policy|terms (of|and|&)|powered by|hosted (by|on)|republish (this|our)|creative commons|` +
		`(transcript|transcription|transcripts) (provided |created |prepared )?(by|courtesy of)\b|` +
		`(resources|links|books|people|articles|items|topics|references)( and \w+)? (mentioned|referenced|discussed|cited)\b.{0,30}$|` +
		`(duration|running time|run time)\s*: ?\d|(conference )?call participants\b|participants:?$|legal (notice|disclaimer)|` +
		`(the|this) ([\w.&-]+ ){1,6}(has|have|holds?|owns?|recommends?) ((no|a|any|the) )?` +
		`(positions?|disclosure policy|shares)\b|` +
		`([\w.-]+ ){1,4}(has|have|holds?|owns?) (no|a) positions? in\b|stocks mentioned|should you (invest|buy)|` +
		`licensed under|cite (this|as)|suggested citation|for (immediate|media|press) |media contact)`)
	footerHas = lazyRegexp(`(?i)` +
		`all rights reserved|tous droits réservés|alle rechte vorbehalten|todos los derechos reservados|` +
		`tutti i diritti riservati|todos os direitos reservados|все права защищены|creativecommons\.org|this work is licensed`)
	footerShort = lazyRegexp(`(?i)^\W*(` +
		`(previous|next|more|related|recent|other|older|newer|latest|popular|all) ` +
		`(episodes?|posts?|articles?|stories|podcasts?|shows?|from|in)\b|` +
		`(share|tweet|email|print|save|download) (this|on|via|episode|transcript|to|mp3|the)\b|` +
		`(subscribe|listen|follow|find|support|rate|review|join|donate|watch) ` +
		`(us|to|on|in|via|now|here|with|our|the|at|today)\b|` +
		`about (the|our|us|this)\b|back to\b|load more|read more|show (more|less)|see (all|more)|sign up|click to|leave a)`)
	endMark = lazyRegexp(`(?i)^[\W_]*(` +
		`end of (the )?(transcript|transcription|interview|episode|recording)|transcript ends?|` +
		`(the )?(meeting|call|recording|transcription|interview|session|webinar) (ended|ends|stopped|concluded)( after| at)?|` +
		`ende (des |der )?(transkripts?|interviews?|aufnahme|folge|gesprächs)|` +
		`fin (de la |de l['’]|del? )?(transcription|transcripción|entrevista|entretien|interview|enregistrement|grabación)|` +
		`конец (записи|расшифровки|интервью|эфира)|` +
		`end transcript|(the )?end|fin|ende)([\W_]+` + clockTime + `( [A-Z]{2,4})?)?[\W_]*$`)

	pageMark = lazyRegexp(`(?i)^\[{1,2}(from )?page [a-z]{0,2}\d+\]{1,2}$|` +
		`^(page|seite|página|pagina|страница) \d{1,4}( ?/ ?| (of|von|sur|de|di|из) )\d{1,4}$`)
	// The headings and cuts of a screenplay.
	sceneHeading = lazyRegexp(`^(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|I/E)[. ] ?[\p{Lu}\d ]{2,}[^\p{Ll}]*$|` +
		`^(?:FADE (?:IN|OUT|TO BLACK)|(?:CUT|DISSOLVE|SMASH CUT|MATCH CUT) TO)[:.]*(?: BLACK\.?)?$`)

	// Lines that are a heading or a button wherever they stand.
	footerWords = set(`share shares comments comment subscribe download downloads tags search menu newsletter newsletters
		login log-in register references resources links credits sources footnotes bibliography citations
		shownotes archive archives home contact facebook twitter instagram youtube linkedin spotify
		patreon reddit whatsapp telegram mastodon bluesky tiktok threads donate rss copy embed print email tweet`)
	footerPhrases = lazyRegexp(`(?i)^(` +
		`show notes|episode notes|further reading|recommended reading|related|related links|` +
		`mentioned in this episode|links mentioned|about|about us|contact us|follow us|share this|copy link|` +
		`listen now|play episode|apple podcasts|google podcasts|leave a comment|leave a reply|log in|sign in|` +
		`sign up|support us|you may also like|you might also like|recommended|like this|like loading|` +
		`skip to content|main menu|episode credits|production credits|search for|subscribe now|back to top|` +
		`more like this|disclaimers?|disclosures?|important information|notes|references and links|terms|privacy)$`)
)

// isLink reports whether a line holds addresses and next to nothing else.
func isLink(s string) bool {
	if !strings.Contains(s, "://") && !strings.HasPrefix(s, "www.") {
		return false
	}
	rest := strings.Join(strings.Fields(address().ReplaceAllString(s, " ")), " ")
	words, unspaced := strings.Count(rest, " ")+1, 0 // a word is about two characters
	for _, r := range rest {
		if Unspaced(r) {
			unspaced++
		}
	}
	return rest == "" || words+unspaced/2 <= 6 && !endsText(rest)
}

// isNotice reports whether a line is about the transcript itself: how it was made, and
// that it may hold errors.
func isNotice(s string) bool {
	if len(s) > 800 {
		return false
	}
	if strings.HasSuffix(s, "ing") || strings.HasSuffix(s, "tion") {
		if m := noticeTool().FindStringSubmatch(s[:min(len(s), 100)]); m != nil && nameLike(m[1]) && !weak(m[1]) {
			return true
		}
	}
	// The patterns are slow, and most lines are speech.
	if !slices.ContainsFunc(noticeStems, func(stem string) bool { return strings.Contains(s, stem) }) {
		return false
	}
	return noticeHead().MatchString(s) && noticeSays().MatchString(s)
}

// isEnd reports whether a line marks the end of a transcript.
func isEnd(s string) bool { return len(s) < 60 && endMark().MatchString(s[len(leadingTime(s)):]) }

// isFooter reports whether a line begins what web pages put below a transcript.
func isFooter(it *item) bool {
	s := it.plain
	switch {
	case it.isName || it.voiced || len(s) > 600:
		return false
	case isEnd(s), it.reason == "navigation":
		return true
	case footerStarts().MatchString(s), footerHas().MatchString(s), strings.Contains(s, "©"):
		return true
	case isFooterPhrase(s):
		return true
	}
	words := strings.Fields(s)
	if len(words) > 10 || endsText(s) && !strings.HasSuffix(s, ":") {
		return false
	}
	bare := strings.TrimFunc(s, func(r rune) bool { return strings.ContainsRune("#*:-–—=•|()[]▼▾►+.… 0123456789", r) })
	switch {
	case footerShort().MatchString(s), footerPhrases().MatchString(bare):
		return true
	case it.spaced && strings.HasPrefix(s, "About ") && !endsText(s) && nameLike(s[len("About "):]): // About Ada Byron
		return true
	case strings.Count(s, "|") >= 2, strings.Count(s, " • ") >= 2, strings.Count(s, " · ") >= 2:
		return true
	}
	for _, w := range words {
		if w = strings.ToLower(strings.Trim(w, ":|•·,()&+0123456789")); w != "" && !footerWords[w] {
			return false
		}
	}
	return strings.IndexFunc(s, unicode.IsLetter) >= 0
}
