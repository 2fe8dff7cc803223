package transcript

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// JSON is read in two steps: its outermost keys tell the form, and then all of it is read into
// the fields of that form; others are passed over. encoding/json bounds how deep it may nest.

// object is a JSON text.
type object struct {
	text  string
	above int                        // lines of the file above the text
	keys  map[string]json.RawMessage // of an object in small letters, as fields are found in any case
	names []string                   // the keys as they are written, sorted
	list  []json.RawMessage          // of an array, or of lines that are an object each
}

// IsJSON reports whether a decoded text begins as an object or an array of objects does. Pages
// that begin with a bracket don't: [MUSIC], {pause}.
func IsJSON(text string) bool {
	text = strings.TrimLeft(text, " \t\r\n\uFEFF")
	rest := func() string { return strings.TrimLeft(text[1:min(len(text), 4096)], " \t\r\n") }
	switch {
	case text == "":
		return false
	case text[0] == '[':
		inner := rest()
		if inner == "" || strings.ContainsAny(inner[:1], `]["-0123456789`) {
			return json.Valid([]byte(text))
		}
		text = inner
	}
	if text[0] != '{' {
		return false
	}
	after := rest()
	return after == "" || after[0] == '}' || after[0] == '"' && beginsWithKey(after)
}

// beginsWithKey reports whether a text that begins with a quotation mark begins with a key and its colon, as far
// as it goes. Speech in braces has no colon there: {"Hello," she said}.
func beginsWithKey(text string) bool {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			after := strings.TrimLeft(text[i+1:], " \t\r\n")
			return after == "" || after[0] == ':'
		}
	}
	return true
}

// readObject reads the outermost values of a JSON text. The error names the line where it is
// broken.
func readObject(text string) (*object, error) {
	o := &object{text: strings.TrimLeft(text, " \t\r\n\uFEFF")}
	o.above = strings.Count(text[:len(text)-len(o.text)], "\n")
	var err error
	if o.text[0] == '[' {
		err = json.Unmarshal([]byte(o.text), &o.list)
	} else if err = json.Unmarshal([]byte(o.text), &o.keys); err != nil {
		if list, ok := jsonLines(o.text); ok {
			o.keys, o.list, err = nil, list, nil
		}
	}
	o.names = slices.Sorted(maps.Keys(o.keys))
	o.keys = lowerKeys(o.keys)
	return o, jsonError(o.text, o.above, err)
}

// wrappers are the keys of what programs wrap around the export that they pass on.
var wrappers = strings.Fields(`result response transcription transcript data output`)

// unwrapped returns the object of a known form that is alone within others, or in an array, or
// under a usual name, as programs that pass an export on write it, and its form. ok is false where
// there is none.
func (o *object) unwrapped() (inner *object, form exportForm, ok bool) {
	const most = 3
	forms := jsonForms()
	inner = o
	for level := 0; ; level++ {
		if i := slices.IndexFunc(forms, func(f exportForm) bool { return f.is(&export{json: inner}) }); i >= 0 {
			return inner, forms[i], true
		}
		if level == most {
			return o, form, false
		}
		value := json.RawMessage(nil)
		switch {
		case len(inner.list) == 1 && inner == o:
			value = inner.list[0]
		case len(inner.names) == 1:
			value = inner.keys[strings.ToLower(inner.names[0])]
		}
		for i := 0; i < len(wrappers) && value == nil; i++ {
			if v := inner.keys[wrappers[i]]; len(v) > 0 && v[0] == '{' {
				value = v
			}
		}
		if len(value) == 0 || value[0] != '{' {
			return o, form, false
		}
		text, above := inner.within(value)
		next, err := readObject(text)
		if err != nil {
			return o, form, false
		}
		next.above = above
		inner = next
	}
}

// within returns the text of a value that stands in the text of an object, and the lines of the file above it.
func (o *object) within(value json.RawMessage) (text string, above int) {
	text = string(value)
	return text, o.above + strings.Count(o.text[:max(0, strings.Index(o.text, text))], "\n")
}

// eachValue calls read for each value of a list, or of lines that are a value each, with its text and the number of
// lines above it, until there is an error. above counts the lines above the list.
func eachValue(text string, above int, read func(value string, above int) error) error {
	d := json.NewDecoder(strings.NewReader(text))
	if strings.HasPrefix(text, "[") {
		if _, err := d.Token(); err != nil {
			return err
		}
	}
	counted := 0 // bytes of text
	for d.More() {
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		begins := int(d.InputOffset()) - len(value)
		above += strings.Count(text[counted:begins], "\n")
		counted = begins
		if err := read(string(value), above); err != nil {
			return err
		}
	}
	return nil
}

// lowerKeys returns keys in small letters.
func lowerKeys(keys map[string]json.RawMessage) map[string]json.RawMessage {
	lower := make(map[string]json.RawMessage, len(keys))
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		lower[strings.ToLower(key)] = keys[key]
	}
	return lower
}

// jsonLines reads a text each line of which is an object.
func jsonLines(text string) (list []json.RawMessage, ok bool) {
	d := json.NewDecoder(strings.NewReader(text))
	for {
		var value json.RawMessage
		if err := d.Decode(&value); err == io.EOF {
			return list, len(list) > 1
		} else if err != nil {
			return nil, false
		}
		list = append(list, value)
	}
}

// jsonError returns an error of encoding/json with its line in text, and what to do.
func jsonError(text string, above int, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	lineOf := func(offset int64) int {
		return above + 1 + strings.Count(text[:max(0, min(offset, int64(len(text))))], "\n")
	}
	end := int64(len(strings.TrimRight(text, " \t\r\n")))
	switch {
	case errors.As(err, &syntax) && syntax.Offset >= end && strings.Contains(err.Error(), "unexpected end"):
		return fmt.Errorf("line %d: the JSON breaks off: export it again", lineOf(end))
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: the JSON is broken at its byte %d (%w): export it again",
			lineOf(syntax.Offset), syntax.Offset, err)
	case errors.As(err, &kind):
		field := cmp.Or(strings.ToLower(kind.Field), "the JSON")
		return fmt.Errorf("line %d: %s holds a %s: export it again", lineOf(kind.Offset), field, kind.Value)
	}
	return err
}

// unknown returns the error of JSON that is of no known form.
func (o *object) unknown() error {
	const most, longest = 8, 40 // keys in the error, and characters of one
	var known []string
	for _, f := range jsonForms() {
		known = append(known, strings.TrimPrefix(f.Name, "JSON of "))
	}
	what, keys := "its keys are ", o.names
	if o.list != nil {
		what, keys = "it is an array of objects with the keys ", slices.Sorted(maps.Keys(keysOf(firstValue(o.list))))
	}
	if len(keys) > most {
		keys = append(keys[:most:most], "...")
	}
	keys = slices.Clone(keys)
	for i, key := range keys {
		if runes := []rune(key); len(runes) > longest {
			keys[i] = string(runes[:longest]) + "..."
		}
	}
	if len(keys) == 0 {
		what = "it is empty"
		if len(o.list) > 0 {
			what = "it is an array of something else"
		}
	}
	return fmt.Errorf("JSON of an unknown form: %s%s; known are %s: export it as text or captions",
		what, strings.Join(keys, ", "), strings.Join(known, ", "))
}

// has reports whether an object has all of these keys.
func (o *object) has(keys ...string) bool {
	return o != nil && !slices.ContainsFunc(keys, func(k string) bool { _, ok := o.keys[k]; return !ok })
}

// at returns the value at a path of keys of an object; of an array on the way its first element
// is taken. It is nil where there is none.
func (o *object) at(path ...string) json.RawMessage {
	if o == nil {
		return nil
	}
	keys, value := o.keys, json.RawMessage(nil)
	for i, key := range path {
		if i > 0 {
			keys = keysOf(value)
		}
		if value = keys[key]; value == nil {
			return nil
		}
	}
	return value
}

func firstValue(list []json.RawMessage) json.RawMessage {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// firstElement returns the first element of an array, nil where there is none.
func firstElement(value json.RawMessage) (first json.RawMessage) {
	d := json.NewDecoder(bytes.NewReader(value))
	if _, err := d.Token(); err != nil || !d.More() || d.Decode(&first) != nil {
		return nil
	}
	return first
}

// keysOf returns the keys of an object, or of the first element of an array, with their values.
func keysOf(value json.RawMessage) map[string]json.RawMessage {
	if isList(value) {
		value = firstElement(value)
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(value, &keys) != nil {
		return nil
	}
	return lowerKeys(keys)
}

// CaptionsForm returns the name of the form of a decoded text in JSON that is captions, and
// whether it is: an object with segments, each with its body or its text. So is what breaks off
// within them. Readers of captions take these, too; all other JSON is Parse's alone.
func CaptionsForm(text string) (name string, ok bool) {
	if !IsJSON(text) {
		return "", false
	}
	e := &export{text: text}
	var err error
	if e.json, err = readObject(text); err != nil {
		return formPodcasting, hasSegments(text)
	}
	for _, f := range jsonForms() {
		if f.is(e) {
			return f.Name, e.json.at("segments", "body") != nil || e.json.at("segments", "text") != nil
		}
	}
	return formPodcasting, string(bytes.Join(bytes.Fields(e.json.at("segments")), nil)) == "[]"
}

// hasSegments reports whether the outermost keys of a broken JSON text, as far as they go, are
// those of an object with segments.
func hasSegments(text string) bool {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return false
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return false
		}
		if name, _ := key.(string); strings.EqualFold(name, "segments") {
			t, err := d.Token()
			return err == nil && t == json.Delim('[')
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return false
		}
	}
	return false
}

// isList reports whether a value is an array.
func isList(value json.RawMessage) bool { return len(value) > 0 && value[0] == '[' }

// isText reports whether a value is a string.
func isText(value json.RawMessage) bool { return len(value) > 0 && value[0] == '"' }

// read reads all of the text into the fields of v.
func (o *object) read(v any) error {
	return jsonError(o.text, o.above, json.Unmarshal([]byte(o.text), v))
}

// lenient is a value that stays empty where the file has another type there, so that one odd field refuses no file.
type lenient[T any] struct{ value T }

// UnmarshalJSON never fails.
func (l *lenient[T]) UnmarshalJSON(data []byte) error {
	var v T
	if json.Unmarshal(data, &v) == nil {
		l.value = v
	}
	return nil
}

// jsonText is a string, or a number that some exports give in its place; anything else is "".
type jsonText string

// UnmarshalJSON never fails.
func (t *jsonText) UnmarshalJSON(data []byte) error {
	*t = ""
	switch c := data[0]; {
	case c == '"':
		return json.Unmarshal(data, (*string)(t))
	case c == '-' || c >= '0' && c <= '9':
		*t = jsonText(data)
	}
	return nil
}

// jsonName is who speaks: a string, a number, or an object with a name.
type jsonName string

// UnmarshalJSON never fails.
func (n *jsonName) UnmarshalJSON(data []byte) error {
	var t jsonText
	if data[0] == '{' {
		var o struct {
			Name, Label, SpeakerName, ID, SpeakerID jsonText
			Snake                                   jsonText `json:"speaker_name"`
		}
		if json.Unmarshal(data, &o) != nil {
			return nil
		}
		*n = jsonName(cmp.Or(o.Name, o.SpeakerName, o.Snake, o.Label, o.ID, o.SpeakerID))
		return nil
	}
	err := t.UnmarshalJSON(data)
	*n = jsonName(t)
	return err
}

// show returns the name as it is shown.
func (n jsonName) show() string { return speakerName(string(n)) }

// jsonTime is a time: a number in the unit of its export, a string of one, or a clock.
type jsonTime struct {
	value float64 // in the unit of the export, or in seconds for a clock
	known bool
	clock bool
}

// UnmarshalJSON never fails. Protocol Buffers give seconds and their billionths apart.
func (t *jsonTime) UnmarshalJSON(data []byte) error {
	if data[0] == '{' {
		var o struct{ Seconds, Nanos jsonText }
		if json.Unmarshal(data, &o) == nil {
			seconds, nanos := parseTime(string(o.Seconds)), parseTime(string(o.Nanos))
			*t = jsonTime{value: seconds.value + float64(nanos.value/1e9), known: seconds.known || nanos.known, clock: true}
		}
		return nil
	}
	var s jsonText
	if err := s.UnmarshalJSON(data); err != nil {
		return err
	}
	*t = parseTime(string(s))
	return nil
}

// exportClock matches a clock with a fraction, with frames, or without: 1:02, 00:01:02,500, 0:00:01.800, 00:00:01:12.
var exportClock = lazyRegexp(`^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9}|[:;]\d{2})?)$`)

// isoDuration matches a duration of ISO 8601: PT1M2.5S.
var isoDuration = lazyRegexp(`^PT(?:(\d{1,4})H)?(?:(\d{1,4})M)?(?:(\d{1,6}(?:\.\d{1,9})?)S)?$`)

// parseTime reads a number, or a clock.
func parseTime(s string) jsonTime {
	s = strings.TrimSpace(s)
	if v, err := strconv.ParseFloat(strings.TrimSuffix(s, "s"), 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return jsonTime{value: v, known: true}
	}
	m := exportClock().FindStringSubmatch(s)
	if m == nil && len(s) > len("PT") {
		m = isoDuration().FindStringSubmatch(s)
	}
	if m == nil {
		return jsonTime{}
	}
	whole := m[3]
	if i := strings.IndexAny(whole, ":;"); i >= 0 { // frames of nobody knows what length
		whole = whole[:i]
	}
	seconds, _ := strconv.ParseFloat(strings.Replace(whole, ",", ".", 1), 64)
	minutes, _ := strconv.Atoi("0" + m[2])
	hours, _ := strconv.Atoi("0" + m[1])
	return jsonTime{value: float64(hours*3600+minutes*60) + seconds, known: true, clock: true}
}

// firstKnown returns the first of times that is known.
func firstKnown(times ...jsonTime) jsonTime {
	for _, t := range times {
		if t.known {
			return t
		}
	}
	return jsonTime{}
}

// hint returns the time, counted in unit unless it is a clock.
func (t jsonTime) hint(unit time.Duration) hint {
	if t.clock {
		unit = time.Second
	}
	const longest = 1000 * time.Hour // beyond which it is no time in a recording
	v := t.value * float64(unit)
	if !t.known || v < 0 || v > float64(longest) {
		return hint{}
	}
	return hint{at: time.Duration(math.Round(v)), known: true}
}
