package transcript

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// exportWord is a word, or a mark, of the exports that list them one by one, under the names that they
// have for what it holds.
type exportWord struct {
	Word, Text, Value jsonText
	Punctuated        jsonText `json:"punctuated_word"`

	Start, StartTime, StartOffset, Time jsonTime
	StartSnake                          jsonTime `json:"start_time"`
	End, EndTime, EndOffset             jsonTime
	EndSnake                            jsonTime `json:"end_time"`

	Speaker, SpeakerLabel, SpeakerTag jsonName
	LabelSnake                        jsonName `json:"speaker_label"`
	IDSnake                           jsonName `json:"speaker_id"`

	Type              jsonText // of what it is: a word, a mark, a blank
	Attaches          jsonText `json:"attaches_to"`
	ParagraphID, Para jsonText

	// Alternatives are what else it may be, the likeliest first, in the exports that have its text there.
	Alternatives []struct {
		Content jsonText
		Speaker jsonName
	}
}

// text returns the word.
func (w *exportWord) text() string {
	text := cmp.Or(w.Punctuated, w.Text, w.Word, w.Value)
	if text == "" && len(w.Alternatives) > 0 {
		text = w.Alternatives[0].Content
	}
	return string(text)
}

// start returns when the word begins.
func (w *exportWord) start() jsonTime {
	return firstKnown(w.Start, w.StartTime, w.StartSnake, w.StartOffset, w.Time)
}

// end returns when the word ends.
func (w *exportWord) end() jsonTime { return firstKnown(w.End, w.EndTime, w.EndSnake, w.EndOffset) }

// speaker returns who says the word, "" if that is not known.
func (w *exportWord) speaker() jsonName {
	name := cmp.Or(w.Speaker, w.SpeakerLabel, w.LabelSnake, w.IDSnake)
	if name == "" && w.SpeakerTag != "0" { // which Google writes for none
		name = w.SpeakerTag
	}
	if name == "" && len(w.Alternatives) > 0 {
		name = w.Alternatives[0].Speaker
	}
	return name
}

// isMark reports whether it is a mark, which stands next to a word without a blank.
func (w *exportWord) isMark() bool {
	return strings.HasPrefix(strings.ToLower(string(w.Type)), "punct")
}

// addWords adds words, whose times count unit. One without a speaker is said by that of the word before.
func (e *export) addWords(words []exportWord, unit time.Duration) { e.addWordsOf("", words, unit) }

// addWordsOf is addWords for words that all have one speaker, if it is not "".
func (e *export) addWordsOf(speaker string, words []exportWord, unit time.Duration) {
	j := wordJoiner{export: e}
	always, paragraph, opening := speaker, jsonText(""), ""
	for i := range words {
		w := &words[i]
		if p := w.ParagraphID + w.Para; p != paragraph {
			j.paragraph()
			paragraph = p
		}
		switch {
		case w.isMark() && w.Attaches == "next":
			opening += w.text()
			continue
		case w.isMark():
			j.mark(w.text())
			continue
		}
		speaker = cmp.Or(always, w.speaker().show(), speaker)
		j.word(speaker, speaker != "", opening+strings.TrimSpace(w.text()), w.start().hint(unit), w.end().hint(unit))
		opening = ""
	}
	j.flush()
}

func isAWS(e *export) bool {
	return isList(e.json.at("results", "items")) || e.json.at("results", "transcripts", "transcript") != nil ||
		e.json.at("transcript", "content") != nil
}

// readAWS reads words and marks, those of each channel on their own.
func readAWS(e *export) error {
	var o struct {
		Results struct {
			Transcripts   []struct{ Transcript jsonText }
			Items         []exportWord
			SpeakerLabels struct {
				Segments []struct{ Items []exportWord }
			} `json:"speaker_labels"`
			ChannelLabels struct {
				Channels []struct {
					Label jsonName `json:"channel_label"`
					Items []exportWord
				}
			} `json:"channel_labels"`
		}
		Transcript []segment // of Call Analytics
	}
	err := e.json.read(&o)
	e.addSegments(o.Transcript, time.Millisecond, true)
	speakers := map[float64]jsonName{} // by the start of a word, in files that label them apart
	for _, s := range o.Results.SpeakerLabels.Segments {
		for i := range s.Items {
			speakers[s.Items[i].start().value] = s.Items[i].speaker()
		}
	}
	items := o.Results.Items
	for i := range items {
		if w := &items[i]; !w.isMark() && w.speaker() == "" {
			w.Speaker = speakers[w.start().value]
		}
	}
	if channels := o.Results.ChannelLabels.Channels; len(channels) > 0 {
		for _, c := range channels {
			e.addWordsOf(c.Label.show(), c.Items, time.Second)
		}
		e.inOrder()
	} else {
		e.addWords(items, time.Second)
	}
	if len(e.pieces) == 0 {
		for _, t := range o.Results.Transcripts {
			e.addText(string(t.Transcript))
		}
	}
	return err
}

func isDeepgram(e *export) bool {
	return isList(e.json.at("results", "channels", "alternatives")) || e.json.at("results", "utterances", "transcript") != nil
}

// readDeepgram reads the paragraphs of each channel, or else its words; where there are none of
// either, the utterances.
func readDeepgram(e *export) error {
	type utterance struct {
		segment
		Channel jsonName
	}
	var o struct {
		Results struct {
			Channels []struct {
				Alternatives []struct {
					Transcript jsonText
					Words      []exportWord
					Paragraphs struct {
						Paragraphs []struct {
							Speaker   jsonName
							Start     jsonTime
							Sentences []segment
						}
					}
				}
			}
			Utterances []utterance
		}
	}
	err := e.json.read(&o)
	several := len(o.Results.Channels) > 1
	for i, c := range o.Results.Channels {
		if len(c.Alternatives) == 0 {
			continue
		}
		channel := ""
		if several {
			channel = "Channel " + strconv.Itoa(i+1)
		}
		a := c.Alternatives[0]
		for _, p := range a.Paragraphs.Paragraphs {
			for k, s := range p.Sentences {
				speaker := cmp.Or(channel, p.Speaker.show())
				e.add(piece{speaker: speaker, named: speaker != "", text: s.text(), hint: s.hint(time.Second), opens: k == 0,
					end: s.end(time.Second)})
			}
		}
		if len(a.Paragraphs.Paragraphs) > 0 {
			continue
		}
		e.addWordsOf(channel, a.Words, time.Second)
		if len(a.Words) == 0 {
			e.addText(string(a.Transcript))
		}
	}
	if several {
		e.inOrder()
	}
	if len(e.pieces) == 0 {
		var all []segment
		for _, u := range o.Results.Utterances {
			all = append(all, u.segment)
		}
		e.addSegments(all, time.Second, true)
	}
	return err
}

func isTrint(e *export) bool {
	return e.json.at("words", "value") != nil && e.json.at("words", "time") != nil
}

// readTrint reads words with their marks.
func readTrint(e *export) error {
	var o struct{ Words []exportWord }
	err := e.json.read(&o)
	e.addWords(o.Words, time.Millisecond)
	return err
}

func isSpeechmatics(e *export) bool { return e.json.at("results", "alternatives", "content") != nil }

// readSpeechmatics reads words and marks, those of each channel on their own.
func readSpeechmatics(e *export) error {
	var o struct {
		Results []struct {
			exportWord
			Channel jsonName
		}
	}
	err := e.json.read(&o)
	var channels []jsonName
	words := map[jsonName][]exportWord{}
	for _, r := range o.Results {
		if !slices.Contains(channels, r.Channel) {
			channels = append(channels, r.Channel)
		}
		words[r.Channel] = append(words[r.Channel], r.exportWord)
	}
	e.addChannels(channels, words)
	return err
}

// addChannels adds the words of channels, which tell who speaks if there are several.
func (e *export) addChannels(channels []jsonName, words map[jsonName][]exportWord) {
	for _, c := range channels {
		speaker := ""
		if len(channels) > 1 {
			if speaker = c.show(); strings.HasPrefix(speaker, "Speaker ") {
				speaker = "Channel " + string(c)
			}
		}
		e.addWordsOf(speaker, words[c], time.Second)
	}
	if len(channels) > 1 {
		e.inOrder()
	}
}

func isGoogle(e *export) bool {
	return e.json.at("results", "alternatives", "transcript") != nil
}

// googleResult is a stretch of speech, also of Watson, which counts its words in another way.
type googleResult struct {
	Channel      jsonName `json:"channelTag"`
	Alternatives []struct {
		Transcript jsonText
		Words      []exportWord
		Timestamps [][]jsonText // of Watson: a word, its start and its end
	}
}

// readGoogle reads stretches of speech, or else their words, if these say who speaks.
func readGoogle(e *export) error {
	var o struct {
		Results  []googleResult
		Speakers []struct {
			From    jsonTime
			Speaker jsonName
		} `json:"speaker_labels"`
	}
	err := e.json.read(&o)
	results := o.Results
	speakers := map[float64]jsonName{} // of Watson, by the start of a word
	for _, s := range o.Speakers {
		speakers[s.From.value] = s.Speaker
	}
	named := func(words []exportWord) bool {
		return slices.ContainsFunc(words, func(w exportWord) bool { return w.speaker() != "" })
	}
	var all [][]exportWord
	for _, r := range results {
		var words []exportWord
		if len(r.Alternatives) > 0 {
			words = r.Alternatives[0].Words
			for _, t := range r.Alternatives[0].Timestamps {
				if len(t) > 1 {
					at := parseTime(string(t[1]))
					words = append(words, exportWord{Word: t[0], Start: at, Speaker: speakers[at.value], End: parseTime(string(t[len(t)-1]))})
				}
			}
		}
		all = append(all, words)
	}
	// Google says who speaks in one more result at the end, which has all words again.
	if last := len(all) - 1; last > 0 && named(all[last]) && !slices.ContainsFunc(all[:last], named) {
		results, all = results[last:], all[last:]
	}
	channels := slices.ContainsFunc(results, func(r googleResult) bool { return r.Channel > "1" })
	for i, r := range results {
		channel := ""
		if channels && r.Channel != "" {
			channel = "Channel " + string(r.Channel)
		}
		switch words := all[i]; {
		case named(words):
			e.addWordsOf(channel, words, time.Second)
		case len(r.Alternatives) > 0:
			p := piece{speaker: channel, named: channel != "", text: string(r.Alternatives[0].Transcript), opens: e.ended()}
			if len(words) > 0 {
				p.hint, p.end = words[0].start().hint(time.Second), words[len(words)-1].end().hint(time.Second)
			}
			if strings.TrimSpace(p.text) != "" {
				e.add(p)
			}
		}
	}
	if channels {
		e.inOrder()
	}
	return err
}

func isElevenLabs(e *export) bool {
	is := func(path ...string) bool {
		return e.json.at(append(path, "text")...) != nil && e.json.at(append(path, "type")...) != nil
	}
	return is("words") || is("transcripts", "words")
}

// readElevenLabs reads words, those of each channel on their own. The blanks between them are
// entries as well.
func readElevenLabs(e *export) error {
	type channel struct{ Words []exportWord }
	var o struct {
		channel
		Transcripts []channel
	}
	err := e.json.read(&o)
	e.addWords(o.Words, time.Second)
	for _, c := range o.Transcripts {
		e.addWords(c.Words, time.Second)
	}
	if len(o.Transcripts) > 1 {
		e.inOrder()
	}
	return err
}

func isVosk(e *export) bool {
	return e.json.at("result", "word") != nil ||
		e.json != nil && slices.ContainsFunc(e.json.list[:min(len(e.json.list), 100)], func(value json.RawMessage) bool {
			return keysOf(keysOf(value)["result"])["word"] != nil
		})
}

// readVosk reads words, which have no marks, or the text of what has none. There is a result for each stretch of
// speech.
func readVosk(e *export) error {
	return eachValue(e.json.text, e.json.above, func(value string, above int) error {
		var o struct {
			Text   jsonText
			Result []exportWord
		}
		if err := jsonError(value, above, json.Unmarshal([]byte(value), &o)); err != nil {
			return err
		}
		if e.addWords(o.Result, time.Second); len(o.Result) == 0 {
			e.addText(string(o.Text))
		}
		return nil
	})
}

func isSoniox(e *export) bool {
	return e.json.at("tokens", "text") != nil && e.json.at("tokens", "start_ms") != nil
}

// readSoniox reads tokens, which are parts of words, or marks: one that begins a word begins with a
// blank.
func readSoniox(e *export) error {
	var o struct {
		Tokens []struct {
			Text    string
			Speaker jsonName
			Start   jsonTime `json:"start_ms"`
			End     jsonTime `json:"end_ms"`
		}
	}
	err := e.json.read(&o)
	j := wordJoiner{export: e}
	speaker := ""
	for i, t := range o.Tokens {
		if t.Text == "<end>" || t.Text == "<fin>" { // of a stretch of speech
			continue
		}
		other := t.Speaker != "" && t.Speaker.show() != speaker
		if other {
			speaker = t.Speaker.show()
		}
		if i > 0 && !other && !strings.HasPrefix(t.Text, " ") && j.text.Len() > 0 {
			j.mark(t.Text)
			continue
		}
		j.word(speaker, speaker != "", t.Text, t.Start.hint(time.Millisecond), t.End.hint(time.Millisecond))
	}
	j.flush()
	return err
}

func isGecko(e *export) bool { return e.json.at("monologues", "terms") != nil }

// readGecko reads the words and marks of monologues.
func readGecko(e *export) error {
	var o struct {
		Monologues []struct {
			Speaker jsonName
			Terms   []exportWord
		}
	}
	err := e.json.read(&o)
	for _, m := range o.Monologues {
		e.addWordsOf(m.Speaker.show(), m.Terms, time.Second)
	}
	return err
}

func isPremiere(e *export) bool { return e.json.at("segments", "words", "eos") != nil }

// readPremiere reads the words of segments. Speakers have names elsewhere.
func readPremiere(e *export) error {
	var o struct {
		Segments []struct {
			Speaker jsonText
			Words   []exportWord
		}
		Speakers []struct {
			ID   jsonText
			Name jsonName
		}
	}
	err := e.json.read(&o)
	names := map[jsonText]jsonName{}
	for _, s := range o.Speakers {
		names[s.ID] = s.Name
	}
	for _, s := range o.Segments {
		e.addWordsOf(names[s.Speaker].show(), s.Words, time.Second)
	}
	return err
}

func isHyperaudio(e *export) bool {
	return e.json.at("words", "text") != nil && e.json.at("words", "start") != nil &&
		e.json.at("paragraphs", "start") != nil && e.json.at("paragraphs", "text") == nil
}

// readHyperaudio reads words, which are said by the speaker of the paragraph that they lie in by their times. One that
// names nobody is of the speaker before.
func readHyperaudio(e *export) error {
	var o struct {
		Words      []exportWord
		Paragraphs []struct {
			Speaker jsonName
			Start   jsonTime
		}
	}
	err := e.json.read(&o)
	number := 0 // of paragraphs that have begun
	speaker, last := jsonName(""), 0.0
	for i := range o.Words {
		w := &o.Words[i]
		for number < len(o.Paragraphs) && o.Paragraphs[number].Start.value <= w.Start.value {
			speaker = cmp.Or(o.Paragraphs[number].Speaker, speaker)
			number++
		}
		w.Speaker, w.Para = cmp.Or(w.Speaker, speaker), jsonText(strconv.Itoa(number))
		last = max(last, w.Start.value)
	}
	e.addWords(o.Words, unitOfTimes(last, len(o.Words)))
	return err
}
