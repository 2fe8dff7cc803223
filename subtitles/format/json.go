package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cuewright/audio"
)

// Seconds is a time in a JSON file: a number of seconds, written to the millisecond.
type Seconds time.Duration

// MarshalJSON writes three decimals.
func (s Seconds) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", time.Duration(s).Round(time.Millisecond).Seconds()), nil
}

// UnmarshalJSON reads a number as ParseSeconds takes it.
func (s *Seconds) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(string(data), 64)
	if err != nil {
		return fmt.Errorf("%s is no time in seconds", data)
	}
	t, err := ParseSeconds(v)
	*s = Seconds(t)
	return err
}

// longestTime bounds the times in a file: a thousand hours.
const longestTime = 1000 * time.Hour

// ParseSeconds returns a time that a file gives in seconds, to the nanosecond. It is
// an error when that is no time in a recording: negative, or beyond a thousand hours.
func ParseSeconds(v float64) (time.Duration, error) {
	if !(v >= 0 && v <= longestTime.Seconds()) { // nor NaN
		return 0, fmt.Errorf("%v s is no time in a recording", v)
	}
	return time.Duration(math.Round(v * float64(time.Second))), nil
}

// Span is a stretch of time in a JSON file, among the fields of what lies there.
type Span struct {
	Start Seconds `json:"start"`
	End   Seconds `json:"end"`
}

// SpanOf returns the span of s.
func SpanOf(s audio.Segment) Span { return Span{Seconds(s.Start), Seconds(s.End)} }

// WriteJSON writes v as one JSON document, each level indented by indent and in one line
// where that is "", with <, > and & as they are. All control characters are escaped, also
// those that JSON would take as they are: a terminal obeys them.
func WriteJSON(w io.Writer, v any, indent string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", indent)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(controls().ReplaceAllFunc(b.Bytes(), func(c []byte) []byte {
		return fmt.Appendf(nil, "\\u%04x", []rune(string(c))[0])
	}))
	return err
}

// controls are the control characters above ASCII's, and delete.
var controls = lazyRegexp("[\u007F-\u009F]")

// podcastSegment is a segment of a transcript as Podcasting 2.0 has it.
type podcastSegment struct {
	Speaker   string  `json:"speaker,omitempty"`
	StartTime Seconds `json:"startTime"`
	EndTime   Seconds `json:"endTime"`
	Body      string  `json:"body"`
}

// writePodcastJSON writes the JSON of Podcasting 2.0, a segment a cue, or a word where the times
// of words are asked for: https://github.com/Podcastindex-org/podcast-namespace, transcripts.md.
func writePodcastJSON(w io.Writer, cues []Cue, o Options) error {
	file := struct {
		Version  string           `json:"version"`
		Segments []podcastSegment `json:"segments"`
	}{"1.0.0", []podcastSegment{}}
	for _, cue := range cues {
		if o.Words && cue.HasWordTimes() {
			file.Segments = append(file.Segments, podcastSegments(cue)...)
			continue
		}
		var words []Word
		for _, l := range cue.Lines {
			words = append(words, l.Words...)
		}
		file.Segments = append(file.Segments, podcastSegment{
			Clean(cue.Lines[0].Speaker), Seconds(cue.Start), Seconds(cue.End), Clean(joined(words)),
		})
	}
	return WriteJSON(w, file, " ")
}

// jsonSegment is a segment of a transcript in JSON: that of Podcasting 2.0 has a
// body, startTime and endTime, that of speech recognizers text, start and end.
type jsonSegment struct {
	Speaker                        jsonSpeaker
	Body, Text                     string
	StartTime, EndTime, Start, End json.RawMessage
}

// jsonSpeaker is a name, or a number that some recognizers give to a speaker.
type jsonSpeaker string

// UnmarshalJSON reads a string or a number.
func (s *jsonSpeaker) UnmarshalJSON(data []byte) error {
	if c := data[0]; c == '-' || c >= '0' && c <= '9' {
		*s = jsonSpeaker(data)
		return nil
	}
	return json.Unmarshal(data, (*string)(s))
}

// voiceName returns the name of a voice that a speech recognizer tells apart, as package transcript
// has it: recognizers count voices, or give them letters; where they don't know, some write a
// question mark, UU or unknown. In Podcasting 2.0 a name is what somebody wrote.
func voiceName(s string) string {
	s = strings.TrimSpace(s)
	i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
	if i < 0 || s == "UU" || strings.EqualFold(s, "unknown") {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	letter := len(s) == size && (unicode.IsUpper(first) || unicode.IsDigit(first))
	if letter || strings.Trim(s, "0123456789") == "" {
		return "Speaker " + s
	}
	return s
}

// times returns the segment's times in whole milliseconds. They may lie before 0. Some
// writers have them as strings.
func (s jsonSegment) times() (start, end time.Duration, err error) {
	given := 0
	for _, v := range []struct {
		raw  json.RawMessage
		into *time.Duration
	}{{s.Start, &start}, {s.End, &end}, {s.StartTime, &start}, {s.EndTime, &end}} {
		if v.raw == nil {
			continue
		}
		var t Seconds
		after, negative := bytes.CutPrefix(jsonString(v.raw), []byte("-"))
		if clock := string(after); assClock().MatchString(clock) {
			t = Seconds(parseCueTime(clock))
		} else if err := t.UnmarshalJSON(after); err != nil {
			if v.raw[0] == '"' {
				err = fmt.Errorf("%s is no time in seconds", v.raw)
			}
			return 0, 0, err
		}
		given++
		*v.into = time.Duration(t).Round(time.Millisecond)
		if negative {
			*v.into = -*v.into
		}
	}
	if given == 1 {
		return 0, 0, errors.New("a segment has no startTime or no endTime: give it both")
	}
	return start, end, nil
}

// jsonString returns what a string in JSON holds, and another value as it stands.
func jsonString(raw []byte) []byte {
	var s string
	if raw[0] == '"' && json.Unmarshal(raw, &s) == nil {
		return []byte(strings.TrimSpace(s))
	}
	return raw
}

var segmentsKey = lazyRegexp(`(?i)"segments"`)

// isPodcastJSON reports whether text is an object with segments, which may come after
// the whole text of the episode.
func isPodcastJSON(text string) bool {
	return strings.HasPrefix(headOf(text), "{") && segmentsKey().MatchString(text)
}

// readPodcastJSON reads the segments of a transcript in JSON, one by one, so that a
// file that is none ends it early. A segment without times is a cue with a warning. Segments
// that are words are joined to cues, see joinWords.
func readPodcastJSON(text string) (*File, error) {
	f := &File{}
	segments, err := f.readSegments(text)
	f.joinWords(segments)
	return f, err
}

// readSegments adds a cue for each segment of a transcript in JSON, and returns what each holds.
func (f *File) readSegments(text string) (read []spoken, err error) {
	d := json.NewDecoder(strings.NewReader(text))
	line, at := 1, int64(0)
	no := func(err error) ([]spoken, error) {
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			err = ErrCutOff
		}
		return read, fmt.Errorf("line %d: it is no Podcasting 2.0 transcript: %w", line, err)
	}
	open := func(want json.Delim) error {
		t, err := d.Token()
		if err == nil && t != want {
			err = fmt.Errorf("%v stands where %v should", t, want)
		}
		return err
	}
	if err := open('{'); err != nil {
		return no(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return no(err)
		}
		if name, _ := key.(string); !strings.EqualFold(name, "segments") {
			var other json.RawMessage
			if err := d.Decode(&other); err != nil {
				return no(err)
			}
			continue
		}
		if err := open('['); err != nil {
			return no(err)
		}
		for d.More() {
			var s jsonSegment
			err := d.Decode(&s)
			line += strings.Count(text[at:d.InputOffset()], "\n")
			at = d.InputOffset()
			var other *json.UnmarshalTypeError
			switch {
			case errors.As(err, &other): // JSON goes on behind it
				f.warn(LeftOut, line, fmt.Sprintf("%s: a segment is an object of speaker, startTime, endTime and body", jsonMismatch(other)))
				f.Cues = append(f.Cues, Cue{Confidence: 1, Number: len(f.Cues) + 1})
				read = append(read, spoken{})
			case err != nil:
				return no(err)
			default:
				read = append(read, f.add(s, line))
			}
		}
		if err := open(']'); err != nil {
			return no(err)
		}
	}
	if err := open('}'); err != nil {
		return no(err)
	}
	if _, err := d.Token(); err != io.EOF {
		return no(errors.New("text stands behind its closing brace"))
	}
	return read, nil
}

// jsonMismatch says what of a segment has another type than it should.
func jsonMismatch(err *json.UnmarshalTypeError) string {
	if err.Field == "" {
		return "it is a " + err.Value
	}
	return fmt.Sprintf("its %s is a %s", strings.ToLower(err.Field), err.Value)
}

// add adds the cue of a segment of JSON that ends in that line, and returns what is said in it.
func (f *File) add(s jsonSegment, line int) spoken {
	number := len(f.Cues) + 1
	speaker, body := string(s.Speaker), s.Body
	if body == "" {
		speaker, body = voiceName(speaker), s.Text
	}
	c := Cue{Confidence: 1, Number: number, Lines: namedLines(rowsOf(speaker, body), number)}
	if start, end, err := s.times(); err != nil {
		f.warn(LeftOut, line, err.Error())
	} else {
		c.Segment = f.segment(start, end, line, "give it a later endTime")
	}
	f.Cues = append(f.Cues, c)
	return spoken{speaker, strings.TrimFunc(body, isBlank)}
}
