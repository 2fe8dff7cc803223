package transcript

import (
	"encoding/json"
	"html"
	"regexp"
	"strings"
)

// Captions are read as a transcript here, their times left out: they have
// drifted, or the program would not be needed. The words and who says them stay.

var (
	// cueTimes matches the times of a cue in SubRip and WebVTT, with the sloppiness
	// that is found: hours left out, a full stop or comma, one to three decimals.
	cueTimes = regexp.MustCompile(`^\s*(\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}\s*-+>\s*(\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}`)
	// cueTag matches <i>, </c.yellow>, <00:01:02.345>, <v Ada Byron>, {\an8}.
	cueTag = regexp.MustCompile(`<(/?)([a-zA-Z]+|[0-9:.]+)([.\s][^<>]*)?/?>|\{\\[^{}]*\}`)
)

// isCaptions tells SubRip and WebVTT by a line with the times of a cue near the
// top, or by the word that WebVTT begins with.
func isCaptions(s string) bool {
	if strings.HasPrefix(s, "WEBVTT") {
		return true
	}
	for i := 0; i < 6; i++ {
		head, rest, more := strings.Cut(s, "\n")
		if len(head) < 200 && cueTimes.MatchString(head) {
			return true
		}
		if !more {
			break
		}
		s = rest
	}
	return false
}

// readCaptions gives the lines of SubRip or WebVTT captions. Cues of one voice
// follow each other without a space between blocks, so that sentences run on.
func readCaptions(s string) (lines []line, notes []Note) {
	const (
		outside = iota // before a cue's times
		inside         // in a cue's text
		comment        // in a NOTE, STYLE or REGION block, or the head
	)
	state := outside
	if strings.HasPrefix(s, "WEBVTT") {
		state = comment
	}
	type cue struct{ first, end int } // of lines
	var cues []cue
	var identifier line
	voice, voiced := "", false
	all := strings.Split(s, "\n")
	for i, text := range all {
		text = strings.TrimSpace(text)
		switch {
		case len(text) < 200 && cueTimes.MatchString(text):
			state = inside
			identifier = line{}
			cues = append(cues, cue{len(lines), len(lines)})
			voice, voiced = "", false
		case text == "":
			if state == inside && nextIsText(all[i+1:]) { // a blank line within a cue
				continue
			}
			if identifier.text != "" {
				notes = append(notes, Note{Reason: "outside of cues", Text: identifier.text, Line: identifier.num})
				identifier = line{}
			}
			state = outside
		case state == comment || state == outside && isCommentBlock(text):
			state = comment
			text = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(text, "WEBVTT"), "NOTE"))
			text = strings.TrimPrefix(text, "- ")
			if text != "" {
				notes = append(notes, Note{Reason: "caption file's note", Text: text, Line: i + 1})
			}
		case state == outside: // the number of a cue, or its identifier
			if identifier.text != "" {
				notes = append(notes, Note{Reason: "outside of cues", Text: identifier.text, Line: identifier.num})
			}
			identifier = line{num: i + 1, text: text}
		default:
			// Not the line by line repair of a player: <v> holds till the next one.
			for _, part := range splitVoices(text) {
				if part.named {
					voice, voiced = part.voice, true
				}
				if t := cueText(part.text); t != "" {
					lines = append(lines, line{num: i + 1, text: t, voice: voice, voiced: voiced})
				}
			}
			cues[len(cues)-1].end = len(lines)
		}
	}
	if identifier.text != "" {
		notes = append(notes, Note{Reason: "outside of cues", Text: identifier.text, Line: identifier.num})
	}

	// Rolling captions, as video sites write them by machine, show each line again
	// above the next one. Where most cues begin with the line before, take each once.
	repeats := 0
	for i := 1; i < len(cues); i++ {
		a, b := cues[i-1], cues[i]
		if a.end > a.first && b.end > b.first && lines[a.end-1].text == lines[b.first].text {
			repeats++
		}
	}
	if repeats < 3 || repeats*3 < len(cues) {
		return lines, notes
	}
	var kept []line
	last := ""
	for _, c := range cues {
		for i, l := range lines[c.first:c.end] {
			if i == 0 && l.text == last {
				notes = append(notes, Note{Reason: "repeated caption", Text: l.text, Line: l.num})
				continue
			}
			kept = append(kept, l)
		}
		if c.end > c.first {
			last = lines[c.end-1].text
		}
	}
	return kept, notes
}

// nextIsText tells whether the lines after a blank one go on with the cue: they
// do when text comes that is neither a comment nor followed by times.
func nextIsText(rest []string) bool {
	for i, text := range rest[:min(len(rest), 2)] {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if isCommentBlock(text) || cueTimes.MatchString(text) {
			return false
		}
		// The next cue's number or identifier stands right above its times.
		return i+1 < len(rest) && !cueTimes.MatchString(rest[i+1])
	}
	return false
}

func isCommentBlock(text string) bool {
	return text == "NOTE" || strings.HasPrefix(text, "NOTE ") || strings.HasPrefix(text, "NOTE\t") ||
		text == "STYLE" || text == "REGION"
}

type voicePart struct {
	text, voice string
	named       bool
}

// splitVoices cuts the text of a cue at its <v Name> tags.
func splitVoices(s string) []voicePart {
	if !strings.Contains(s, "<v") {
		return []voicePart{{text: s}}
	}
	var parts []voicePart
	part, from := voicePart{}, 0
	for _, m := range cueTag.FindAllStringSubmatchIndex(s, -1) {
		if m[4] < 0 || s[m[4]:m[5]] != "v" || m[2] < m[3] {
			continue
		}
		part.text = s[from:m[0]]
		parts = append(parts, part)
		name := ""
		if m[6] >= 0 {
			name = s[m[6]:m[7]]
			if strings.HasPrefix(name, ".") { // <v.loud Ada>
				_, name, _ = strings.Cut(name, " ")
			}
		}
		part = voicePart{voice: strings.TrimSpace(html.UnescapeString(name)), named: true}
		from = m[1]
	}
	part.text = s[from:]
	return append(parts, part)
}

// cueText is the text of a line of a cue without tags and entities.
func cueText(s string) string {
	if strings.ContainsAny(s, "<{") {
		s = cueTag.ReplaceAllStringFunc(s, func(tag string) string {
			switch {
			case strings.HasPrefix(tag, "<i>"), strings.HasPrefix(tag, "</i>"):
				return string(italicMark)
			}
			return ""
		})
		if strings.Count(s, string(italicMark))%2 == 1 { // runs over lines
			s = strings.ReplaceAll(s, string(italicMark), "")
		}
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = clean(strings.ReplaceAll(html.UnescapeString(s), "\n", " "))
	}
	return strings.TrimSpace(s)
}

// podcast is a transcript in JSON: that of the Podcasting 2.0 namespace
// (segments with speaker and body), and that of speech recognizers (segments
// with text).
type podcast struct {
	Segments []struct {
		Speaker string `json:"speaker"`
		Body    string `json:"body"`
		Text    string `json:"text"`
	} `json:"segments"`
}

// readJSON gives the lines of a transcript in JSON.
func readJSON(s string) ([]line, bool) {
	if !strings.HasPrefix(strings.TrimSpace(s), "{") {
		return nil, false
	}
	var p podcast
	if json.Unmarshal([]byte(s), &p) != nil || len(p.Segments) == 0 {
		return nil, false
	}
	var lines []line
	for i, seg := range p.Segments {
		text := strings.Join(strings.Fields(clean(seg.Body+" "+seg.Text)), " ")
		if text == "" {
			continue
		}
		// The file has no lines to speak of: number the segments.
		lines = append(lines, line{num: i + 1, text: text, voice: clean(seg.Speaker), voiced: seg.Speaker != ""})
	}
	return lines, true
}
