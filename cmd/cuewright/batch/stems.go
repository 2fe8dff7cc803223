package batch

import (
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// People name a recording and its transcript alike, but for what tells them apart: a language,
// an extension, a word such as "transcript" or "audio", the folders they are in. So a name has
// several readings, each with a little more of that left out, and two files belong together
// where readings of their names have the same words.

// reading is a way to read the name of a recording or of a transcript.
type reading struct {
	words   string // the folders and the words of the name, in one form
	left    int    // how much was left out, 0 for the name itself
	undated bool   // the date that it began with was left out
}

// kind tells what in a name says no more than what the file is.
type kind struct {
	folders        []string         // of such files, in the form of words
	endings, heads []*regexp.Regexp // of names; after heads follows the name
	language       bool             // whether a name may end in a language, and a folder be of one
}

// between is what may stand between the parts of a name.
const between = `[\s\pZ\pP]`

// closing returns an expression for names that end in one of several words, or are one.
func closing(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|` + between + `+)(?:` + words + `)` + between + `*$`)
}

// opening returns an expression for names that begin with one of several words: "Transcript of ".
// Its group is a digit that follows at once.
func opening(words string) *regexp.Regexp {
	const joint = `(?:` + between + `+(?:of|for|von|zu|de|di))?(?:` + between + `+|(\d))`
	return regexp.MustCompile(`(?i)^` + between + `*(?:` + words + `)` + joint)
}

const (
	transcriptWords = `transcripts?|transcription|transkript|transkription|transcripción|trascrizione|transcrição|transcriptie|transkrypcja`
	audioWords      = `audio|recording|aufnahme|grabación|enregistrement|registrazione|gravação`
	// In English and in themselves.
	languageNames = `english|german|deutsch|french|français|spanish|español|italian|italiano|portuguese|português|dutch|nederlands|` +
		`polish|polski|swedish|svenska|danish|dansk|turkish|türkçe|russian|ukrainian|czech|greek|romanian|bulgarian|catalan|` +
		`belarusian|norwegian|finnish|hungarian|hebrew|arabic|hindi|chinese|japanese|korean`
)

// What names hold is compiled when the first is read, since no other command needs it.
var (
	aRecording = sync.OnceValue(func() *kind {
		return &kind{
			folders: []string{"audio", "recording", "recordings", "media", "sound", "video", "videos", "mp 3", "mp 4", "wav", "flac"},
			endings: []*regexp.Regexp{
				closing(audioWords + `|video|final|mix|mixdown`),
				closing(`\d{2,3} ?k(?:bps|bit)?|\d{3,4}p|\d{3,4}x\d{3,4}`),
			},
			heads: []*regexp.Regexp{opening(audioWords)},
		}
	})
	aTranscript = sync.OnceValue(func() *kind {
		return &kind{
			folders: []string{
				"transcript", "transcripts", "transcription", "transcriptions", "transkripte", "script", "scripts", "text", "texts",
				"txt", "captions", "subtitles", "srt", "vtt",
			},
			endings: []*regexp.Regexp{
				closing(transcriptWords + `|script|skript|text|captions|subtitles|otter[ _]ai|final|edited|corrected`),
			},
			heads: []*regexp.Regexp{opening(transcriptWords)},

			language: true,
		}
	})
	languageName = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)^(?:` + languageNames + `)$`)
	})
	languageEnding = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)(?:\.([a-z]{2,3})|[_-]([a-z]{2})|` + between + `*[(\[]([a-z]{2})[)\]])` +
			`(?:[_-][a-z0-9]{2,4})?$|` + between + `+(` + languageNames + `)` + between + `*$`)
	})
)

// readings returns the readings of a stem, the fullest first. It is relative to the source.
func (k *kind) readings(stem string) []reading {
	dir, base := filepath.Split(norm.NFC.String(stem))
	folders := strings.FieldsFunc(dir, func(r rune) bool { return r == filepath.Separator })
	for i, folder := range folders {
		folders[i] = words(folder)
	}
	trimmed := slices.DeleteFunc(slices.Clone(folders), k.isFolder)
	var all []reading
	for left, ok := 0, true; ok; left++ {
		name := words(base)
		all = append(all, reading{words: joined(folders, name), left: left})
		if len(trimmed) < len(folders) {
			all = append(all, reading{words: joined(trimmed, name), left: left + 1})
		}
		if rest, dated := withoutDate(name); dated {
			all = append(all, reading{words: joined(folders, rest), left: left + 1, undated: true})
		}
		base, ok = k.shorter(base)
	}
	return all
}

// joined returns the folders and the name in one. What a folder holds may have its name:
// ep7/audio.flac, ep7/ep7.flac.
func joined(folders []string, name string) string {
	all := strings.Join(folders, "/")
	switch {
	case len(folders) == 0:
		return name
	case name == "" || name == folders[len(folders)-1]:
		return all
	}
	return all + "/" + name
}

// isFolder reports whether a folder, in the form of words, says what is in it.
func (k *kind) isFolder(folder string) bool {
	if slices.Contains(k.folders, folder) {
		return true
	}
	_, err := language.ParseBase(folder)
	return k.language && (languageName().MatchString(folder) || len(folder) == 2 && err == nil)
}

// shorter returns a name without one more thing that says what the file is, if there is one.
func (k *kind) shorter(base string) (shorter string, ok bool) {
	if k.language {
		if stem := strings.TrimSuffix(base, filepath.Ext(base)); stem != "" && slices.Contains(recordingExtensions, extension(base)) {
			return stem, true
		}
	}
	for _, e := range k.endings {
		if at := e.FindStringIndex(base); at != nil {
			return base[:at[0]], true
		}
	}
	if at := languageEnding().FindStringSubmatchIndex(base); k.language && at != nil && at[0] > 0 {
		for i := 2; i < len(at); i += 2 {
			if at[i] < 0 {
				continue
			}
			tag := base[at[i]:at[i+1]]
			if _, err := language.ParseBase(tag); err == nil || languageName().MatchString(tag) {
				return base[:at[0]], true
			}
		}
	}
	for _, e := range k.heads {
		if at := e.FindStringSubmatchIndex(base); at != nil && at[2] >= 0 {
			return base[at[2]:], true
		} else if at != nil {
			return base[at[1]:], true
		}
	}
	return "", false
}

// words returns a name in the form in which names are compared: its words and numbers with a
// blank between them, in one letter case and one way to write accents, since files go through
// several systems and hands: "Ep. 01 – It’s" and "ep1_its" differ in "it s" alone.
func words(name string) string {
	if decoded, err := url.PathUnescape(name); err == nil { // by a program that fetched it: my%20show
		name = decoded
	}
	if !utf8.ValidString(name) {
		return name
	}
	name = strings.ReplaceAll(strings.ToLower(strings.ToUpper(norm.NFKC.String(name))), "ß", "ss")
	var b strings.Builder
	var last rune // of the same word: a letter, a digit, or 0
	for _, r := range name {
		of := rune(0)
		switch {
		case unicode.IsLetter(r), unicode.IsMark(r):
			of = 'a'
		case unicode.IsDigit(r):
			of = '0'
		}
		if of != 0 {
			if of != last && b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteRune(r)
		}
		last = of
	}
	fields := strings.Fields(b.String())
	for i := range fields {
		switch field := fields[i]; {
		case field == "episode":
			fields[i] = "ep"
		case compactDate.MatchString(field):
			m := compactDate.FindStringSubmatch(field)
			fields[i] = m[1] + " " + strings.TrimLeft(m[2], "0") + " " + strings.TrimLeft(m[3], "0")
		case field[0] == '0' && len(field) > 1:
			fields[i] = strings.TrimLeft(field[:len(field)-1], "0") + field[len(field)-1:]
		}
	}
	if len(fields) == 0 {
		return fold(name) // of signs alone
	}
	return strings.Join(fields, " ")
}

var (
	compactDate = regexp.MustCompile(`^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$`)
	firstDate   = regexp.MustCompile(`^(?:19|20)\d\d (?:[1-9]|1[0-2]) (?:[1-9]|[12]\d|3[01]) `)
)

// withoutDate returns a name, in the form of words, without the date that it begins with.
func withoutDate(name string) (rest string, dated bool) {
	rest = strings.TrimPrefix(name, firstDate.FindString(name))
	return rest, rest != name && !unicode.IsDigit([]rune(rest)[0])
}

// fold returns the form in which names are compared that differ in case or in how accents
// are written: on some disks they are one.
func fold(name string) string { return strings.ToLower(norm.NFC.String(name)) }
