package transcript

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// formPodcasting is the form of JSON that captions are written in, too.
const formPodcasting = "JSON of Podcasting 2.0"

// jsonForms returns the forms of JSON in the order in which they are looked for.
func jsonForms() []exportForm {
	return []exportForm{
		{Form{"JSON of oTranscribe", "text beside media, media-time or media-source",
			"github.com/oTranscribe/oTranscribe, README.md: OTR file format"}, isOTranscribe, readOTranscribe},
		{Form{"JSON of whisper.cpp", "transcription, a list with text",
			"github.com/ggml-org/whisper.cpp, examples/cli: --output-json"}, isWhisperCpp, readWhisperCpp},
		{Form{"JSON of WhisperX", "segments with text, and word_segments or scores of words",
			"github.com/m-bain/whisperX, whisperx/schema.py"}, isWhisperX, readWhisperX},
		{Form{formPodcasting, "segments with body",
			"github.com/Podcastindex-org/podcast-namespace, transcripts.md"}, isPodcasting, readSegments(time.Second)},
		{Form{"JSON of Whisper", "segments with text, words with word beside text, or text alone",
			"github.com/openai/whisper, transcribe.py; OpenAI's API, verbose_json and diarized_json"}, isWhisper, readWhisper},
		{Form{"JSON of Whisper by Transformers", "chunks with text and timestamp",
			"github.com/huggingface/transformers, automatic_speech_recognition.py"}, isTransformers, readTransformers},
		{Form{"JSON of AWS Transcribe", "results with items or transcripts; Transcript with Content",
			"docs.aws.amazon.com/transcribe: batch output, diarization, channels; Call Analytics"}, isAWS, readAWS},
		{Form{"JSON of Deepgram", "results with channels or utterances",
			"developers.deepgram.com: pre-recorded audio, paragraphs, utterances"}, isDeepgram, readDeepgram},
		{Form{"JSON of Rev", "monologues with elements",
			"docs.rev.ai: transcript object"}, isRev, readRev},
		{Form{"JSON of Gentle", "words with case or alignedWord",
			"github.com/lowerquality/gentle, gentle/transcription.py"}, isGentle, readGentle},
		{Form{"JSON of Trint", "words with value and time",
			"a sample in github.com/bbc/react-transcript-editor, stt-adapters/trint; Trint's own description was not found"}, isTrint, readTrint},
		{Form{"JSON of Otter", "transcripts with transcript, within speech or not",
			"otter.ai's web API, as its clients have it: github.com/coderberry/otterai-py"}, isOtter, readOtter},
		{Form{"JSON of AssemblyAI", "utterances, paragraphs, sentences or words with text and start, beside confidence or audio_duration",
			"assemblyai.com/docs: transcript object"}, isAssemblyAI, readAssemblyAI},
		{Form{"JSON of Speechmatics", "results with alternatives with content",
			"npm: @speechmatics/batch-client, types of json-v2"}, isSpeechmatics, readSpeechmatics},
		{Form{"JSON of Google or Watson", "results with alternatives with transcript",
			"samples in github.com/bbc/react-transcript-editor, stt-adapters/google-stt; cloud.ibm.com: basic response"}, isGoogle, readGoogle},
		{Form{"JSON of Azure", "recognizedPhrases with nBest",
			"learn.microsoft.com: batch transcription, result file"}, isAzure, readAzure},
		{Form{"JSON of ElevenLabs", "words with text and type",
			"npm: @ai-sdk/elevenlabs, schema of the answer"}, isElevenLabs, readElevenLabs},
		{Form{"JSON of Soniox", "tokens with text and start_ms",
			"soniox.com/docs: timestamps"}, isSoniox, readSoniox},
		{Form{"JSON of Vosk", "result with word, in one object or in a list",
			"github.com/alphacep/vosk-api, python/example"}, isVosk, readVosk},
		{Form{"JSON of Gecko", "monologues with terms",
			"github.com/gong-io/gecko; what vosk-transcriber writes"}, isGecko, readGecko},
		{Form{"JSON of Hyperaudio", "words with text and start beside paragraphs with start and without text",
			"github.com/hyperaudio/hyperaudio-lite-editor, pull request 297; npm: @hyperaudio/transcript-converter"}, isHyperaudio, readHyperaudio},
		{Form{"JSON of Premiere", "segments with words with eos",
			"programs that read what Adobe Premiere Pro exports; Adobe publishes no schema"}, isPremiere, readPremiere},
		{Form{"JSON of YouTube", "events with tStartMs and segs",
			"programs that read json3, as yt-dlp saves it; Google publishes no schema"}, isYouTube, readYouTube},
		{Form{"JSON of segments", "a list of objects with text and a speaker or a time, alone, under a name such as utterances, or a line for each",
			"what tools without a schema of their own write; Azure's fast transcription, Microsoft Stream, Gladia, NeMo"}, isSegments, readList},
	}
}

// segment is an entry of the exports that list stretches of text, under the names that they
// have for what it holds.
type segment struct {
	Speaker      jsonName
	SpeakerName  jsonName
	SpeakerLabel jsonName
	SpeakerSnake jsonName `json:"speaker_name"`
	LabelSnake   jsonName `json:"speaker_label"`
	DisplayName  jsonName `json:"speakerDisplayName"`
	Role         jsonName `json:"ParticipantRole"`
	Name         jsonName

	Text, Body, Transcript, Content, Sentence, Utterance, Word jsonText

	Start, StartTime, StartOffset, StartMs, TimeStamp, Time jsonTime

	StartSnake jsonTime `json:"start_time"`
	MsSnake    jsonTime `json:"start_ms"`
	BeginMs    jsonTime `json:"BeginOffsetMillis"`
	OffsetMs   jsonTime `json:"offsetMilliseconds"`
	Offsets    lenient[struct{ From, To jsonTime }]

	End, EndTime, EndOffset, EndMs jsonTime

	EndSnake   jsonTime `json:"end_time"`
	EndMsSnake jsonTime `json:"end_ms"`
	StopMs     jsonTime `json:"EndOffsetMillis"`

	TurnNext lenient[bool] `json:"speaker_turn_next"`
	Words    lenient[[]struct{ Speaker jsonName }]
}

// speaker returns who says the segment. In Podcasting 2.0 a name is what somebody wrote.
func (s *segment) speaker() string {
	if s.Text == "" && s.Body != "" && s.Speaker != "" {
		return strings.TrimSpace(string(s.Speaker))
	}
	name := cmp.Or(s.SpeakerName, s.SpeakerSnake, s.DisplayName, s.Speaker, s.SpeakerLabel, s.LabelSnake, s.Role, s.Name)
	for i := 0; name == "" && i < len(s.Words.value); i++ {
		name = s.Words.value[i].Speaker
	}
	return name.show()
}

// text returns what is said in the segment.
func (s *segment) text() string {
	return string(cmp.Or(s.Text, s.Body, s.Transcript, s.Content, s.Sentence, s.Utterance, s.Word))
}

// hint returns when the segment begins, by numbers that count unit.
func (s *segment) hint(unit time.Duration) hint {
	if t := firstKnown(s.Start, s.StartTime, s.StartSnake, s.StartOffset, s.TimeStamp, s.Time); t.known {
		return t.hint(unit)
	}
	return firstKnown(s.StartMs, s.MsSnake, s.BeginMs, s.OffsetMs, s.Offsets.value.From).hint(time.Millisecond)
}

// end returns when the segment ends, by numbers that count unit.
func (s *segment) end(unit time.Duration) hint {
	if t := firstKnown(s.End, s.EndTime, s.EndSnake, s.EndOffset); t.known {
		return t.hint(unit)
	}
	return firstKnown(s.EndMs, s.EndMsSnake, s.StopMs, s.Offsets.value.To).hint(time.Millisecond)
}

// addSegments adds segments, in which sentences may run on from one to the next; where they are
// paragraphs, only from one that ends within a sentence. One without a speaker goes on with that
// of the one before.
func (e *export) addSegments(segments []segment, unit time.Duration, paragraphs bool) {
	speaker := ""
	for i := range segments {
		s := &segments[i]
		speaker = cmp.Or(s.speaker(), speaker)
		p := piece{speaker: speaker, named: speaker != "", text: s.text(), hint: s.hint(unit), end: s.end(unit)}
		if strings.TrimSpace(p.text) == "" {
			continue
		}
		p.opens = i > 0 && segments[i-1].TurnNext.value || paragraphs && e.ended()
		e.add(p)
	}
}

// ended reports whether a paragraph may begin: the piece before ends a sentence.
func (e *export) ended() bool {
	return len(e.pieces) == 0 || endsText(strings.TrimSpace(e.pieces[len(e.pieces)-1].text))
}

// inOrder puts pieces of several channels in the order of their times. One without a time stays
// behind the one before it.
func (e *export) inOrder() {
	for i := range e.pieces {
		if h := &e.pieces[i].hint; i > 0 && !h.known {
			h.at = e.pieces[i-1].hint.at
		}
	}
	slices.SortStableFunc(e.pieces, func(a, b piece) int { return cmp.Compare(a.hint.at, b.hint.at) })
	for i := range e.pieces {
		e.pieces[i].line = i + 1
	}
}

// addText adds a text without speakers and times, with a piece for each of its lines.
func (e *export) addText(text string) {
	for part := range strings.Lines(text) {
		if strings.TrimSpace(part) != "" {
			e.add(piece{text: part, opens: true})
		}
	}
}

func isOTranscribe(e *export) bool {
	return isText(e.json.at("text")) && (e.json.has("media") || e.json.has("media-time") || e.json.has("media-source"))
}

// otrStamp matches a time that somebody put into a transcript with oTranscribe, which a page could say
// as well.
var otrStamp = lazyRegexp(`<span[^<>]*\bclass="timestamp"[^<>]*>\s*(\d[\d:.]*)\s*</span>`)

// readOTranscribe reads the page of HTML that oTranscribe keeps, with the times that lines begin with.
func readOTranscribe(e *export) error {
	var o struct{ Text string }
	err := e.json.read(&o)
	if text := normalize(o.Text); strings.Contains(text, "<") {
		e.lines = readHTML(otrStamp().ReplaceAllString(text, "[$1]"))
	} else {
		e.lines, e.notes = readText(text)
	}
	at := hint{}
	for i := range e.lines {
		l := &e.lines[i]
		stamp := leadingTime(unmark(l.text))
		if stamp != "" {
			at = parseTime(strings.TrimSpace(timeWithin().FindString(stamp))).hint(time.Second)
		}
		if stamp == "" || !isTime(unmark(l.text)) {
			l.hint, at = at, hint{} // one on a line of its own is for the line below
		}
	}
	return err
}

func isWhisperCpp(e *export) bool { return e.json.at("transcription", "text") != nil }

// readWhisperCpp reads segments. Those of --max-len may be parts of words: such a one doesn't
// begin with a blank, where others do.
func readWhisperCpp(e *export) error {
	var o struct{ Transcription []segment }
	err := e.json.read(&o)
	blanks := 0
	for i := range o.Transcription {
		if strings.HasPrefix(o.Transcription[i].text(), " ") {
			blanks++
		}
	}
	parts := blanks*2 > len(o.Transcription)
	var whole []segment
	var text strings.Builder // of the last one
	flush := func() {
		if len(whole) > 0 {
			whole[len(whole)-1].Text = jsonText(text.String())
		}
		text = strings.Builder{}
	}
	speaker := ""
	for _, s := range o.Transcription {
		said := s.speaker()
		if len(whole) > 0 && parts && s.Text != "" && s.Text[0] != ' ' && said == speaker {
			whole[len(whole)-1].Offsets.value.To = s.Offsets.value.To
		} else {
			flush()
			whole, speaker = append(whole, s), said
		}
		text.WriteString(s.text())
	}
	flush()
	e.addSegments(whole, time.Millisecond, false)
	return err
}

func isWhisperX(e *export) bool {
	return e.json.at("word_segments", "word") != nil || e.json.at("segments", "words", "score") != nil
}

// readWhisperX reads segments, or else the words of all of them.
func readWhisperX(e *export) error {
	var o struct {
		Segments []segment
		Words    []exportWord `json:"word_segments"`
	}
	err := e.json.read(&o)
	e.addSegments(o.Segments, time.Second, false)
	if len(e.pieces) == 0 {
		e.addWords(o.Words, time.Second)
	}
	return err
}

func isPodcasting(e *export) bool { return e.json.at("segments", "body") != nil }

// readSegments returns a reader of segments whose times count unit.
func readSegments(unit time.Duration) func(*export) error {
	return func(e *export) error {
		var o struct{ Segments []segment }
		err := e.json.read(&o)
		e.addSegments(o.Segments, unit, false)
		return err
	}
}

func isWhisper(e *export) bool {
	if e.json.at("segments", "text") != nil {
		return true
	}
	if !isText(e.json.at("text")) {
		return false
	}
	if e.json.at("words", "word") != nil && e.json.at("words", "case") == nil {
		return true
	}
	for key := range e.json.keys {
		if !slices.Contains([]string{"text", "segments", "words", "language", "task", "duration", "usage", "logprobs"}, key) {
			return false
		}
	}
	return true
}

// readWhisper reads segments, or else the text without them.
func readWhisper(e *export) error {
	var o struct {
		Text     jsonText
		Segments []segment
	}
	err := e.json.read(&o)
	e.addSegments(o.Segments, time.Second, false)
	if len(e.pieces) == 0 {
		e.addText(string(o.Text))
	}
	return err
}

func isTransformers(e *export) bool {
	return e.json.at("chunks", "text") != nil && isList(e.json.at("chunks", "timestamp"))
}

// readTransformers reads chunks, or those that insanely-fast-whisper has for speakers.
func readTransformers(e *export) error {
	type chunk struct {
		Speaker   jsonName
		Text      jsonText
		Timestamp []jsonTime
	}
	var o struct{ Chunks, Speakers []chunk }
	err := e.json.read(&o)
	chunks := o.Chunks
	if slices.ContainsFunc(o.Speakers, func(c chunk) bool { return c.Text != "" }) {
		chunks = o.Speakers
	}
	var all []segment
	for _, c := range chunks {
		s := segment{Speaker: c.Speaker, Text: c.Text}
		if len(c.Timestamp) > 0 {
			s.Start, s.End = c.Timestamp[0], c.Timestamp[len(c.Timestamp)-1]
		}
		all = append(all, s)
	}
	e.addSegments(all, time.Second, false)
	return err
}

func isRev(e *export) bool { return isList(e.json.at("monologues", "elements")) }

// readRev reads monologues. Their marks hold the blanks between words, too.
func readRev(e *export) error {
	var o struct {
		Speakers []struct {
			ID   jsonText
			Name jsonName
		}
		Monologues []struct {
			Speaker  jsonName
			Elements []struct {
				Type, Value, Name jsonText
				Start             jsonTime `json:"ts"`
				Timestamp         jsonTime // in transcripts that people made
			}
		}
	}
	err := e.json.read(&o)
	names := map[string]jsonName{}
	for _, s := range o.Speakers {
		names[string(s.ID)] = s.Name
	}
	for _, m := range o.Monologues {
		speaker := cmp.Or(names[string(m.Speaker)], m.Speaker).show()
		p := piece{speaker: speaker, named: true, opens: e.ended()}
		var text strings.Builder
		flush := func() {
			if p.text = text.String(); strings.TrimSpace(p.text) != "" {
				e.add(p)
				p = piece{speaker: speaker, named: true}
			}
			text.Reset()
		}
		word := false // the last element is one
		for _, element := range m.Elements {
			value := string(element.Value)
			switch element.Type {
			case "punct":
				text.WriteString(value)
				word = false
				if last, _ := utf8.DecodeLastRuneInString(value); unicode.Is(unicode.Sentence_Terminal, last) {
					flush()
				}
				continue
			case "tag", "unknown":
				value = "[" + strings.Trim(cmp.Or(string(element.Name), value), "<>[]") + "]"
			}
			if word {
				text.WriteByte(' ')
			}
			if strings.TrimSpace(text.String()) == "" {
				p.hint = element.Start.hint(time.Second)
				if !p.hint.known {
					p.hint = element.Timestamp.hint(time.Second)
				}
			}
			text.WriteString(value)
			word = true
		}
		flush()
	}
	return err
}

func isGentle(e *export) bool {
	return e.json.at("words", "case") != nil || e.json.at("words", "alignedword") != nil
}

// readGentle reads the transcript that Gentle was given, which is a page as any other, or else
// the words that it heard.
func readGentle(e *export) error {
	var o struct {
		Transcript jsonText
		Words      []struct {
			Case   jsonText
			Word   jsonText
			Start  jsonTime
			End    jsonTime
			Offset *int `json:"startOffset"` // in characters of the transcript
		}
	}
	err := e.json.read(&o)
	if strings.TrimSpace(string(o.Transcript)) == "" {
		j := wordJoiner{export: e}
		for _, w := range o.Words {
			j.word("", false, string(w.Word), w.Start.hint(time.Second), w.End.hint(time.Second))
		}
		j.flush()
		return err
	}
	text := normalize(string(o.Transcript))
	e.lines, e.notes = readText(text)
	// A line begins with the first word at or behind its place.
	begins := map[int]int{} // by the number of a line
	for i, at := 1, 0; ; i++ {
		begins[i] = at
		line, rest, more := strings.Cut(text, "\n")
		at += utf8.RuneCountInString(line) + 1
		if text = rest; !more {
			break
		}
	}
	words := o.Words
	for i := range e.lines {
		l := &e.lines[i]
		for len(words) > 0 && (words[0].Offset == nil || *words[0].Offset < begins[l.num]) {
			words = words[1:]
		}
		if len(words) > 0 && *words[0].Offset < begins[l.num]+longestName {
			l.hint = words[0].Start.hint(time.Second)
		}
	}
	return err
}

func isOtter(e *export) bool {
	return e.json.at("speech", "transcripts", "transcript") != nil || e.json.at("transcripts", "transcript") != nil
}

// otterSpeech is a recording of Otter. Its times count samples at 16 kHz, or, in some files,
// milliseconds.
type otterSpeech struct {
	Duration jsonTime // in seconds
	Speakers []struct {
		ID   jsonText
		Name jsonName `json:"speaker_name"`
	}
	Transcripts []struct {
		Transcript jsonText
		Start      jsonTime `json:"start_offset"`
		Speaker    jsonText `json:"speaker_id"`
		Label      jsonName `json:"speaker_model_label"`
		Name       jsonName `json:"speaker_name"`
	}
}

func readOtter(e *export) error {
	var o struct {
		otterSpeech
		Speech *otterSpeech
	}
	err := e.json.read(&o)
	speech := &o.otterSpeech
	if o.Speech != nil {
		speech = o.Speech
	}
	names := map[jsonText]jsonName{}
	for _, s := range speech.Speakers {
		names[s.ID] = s.Name
	}
	unit := time.Second / 16000
	if last := len(speech.Transcripts) - 1; last >= 0 && speech.Duration.known &&
		speech.Transcripts[last].Start.value <= 1000*speech.Duration.value {
		unit = time.Millisecond
	}
	var all []segment
	for _, t := range speech.Transcripts {
		all = append(all, segment{
			Speaker: cmp.Or(t.Name, names[t.Speaker], t.Label, jsonName(t.Speaker)), Text: t.Transcript, Start: t.Start,
		})
	}
	e.addSegments(all, unit, true)
	return err
}

func isAzure(e *export) bool {
	return isList(e.json.at("recognizedphrases")) && e.json.at("recognizedphrases", "nbest") != nil
}

// azurePhrase is a stretch of speech.
type azurePhrase struct {
	Speaker, Channel jsonName
	Offset           jsonTime
	NBest            []struct {
		Display jsonText
		Speaker jsonName // in older files
	}
}

// readAzure reads phrases, as the likeliest of what they may be. Where there are several channels,
// these tell who speaks.
func readAzure(e *export) error {
	var o struct {
		Phrases []azurePhrase `json:"recognizedPhrases"`
	}
	err := e.json.read(&o)
	several := slices.ContainsFunc(o.Phrases, func(p azurePhrase) bool { return p.Channel != o.Phrases[0].Channel })
	for _, p := range o.Phrases {
		if len(p.NBest) == 0 || strings.TrimSpace(string(p.NBest[0].Display)) == "" {
			continue
		}
		speaker := cmp.Or(p.Speaker, p.NBest[0].Speaker).show()
		if several && speaker == "" {
			speaker = "Channel " + string(p.Channel)
		}
		e.add(piece{
			speaker: speaker, named: speaker != "", text: string(p.NBest[0].Display), opens: e.ended(), hint: p.Offset.hint(time.Second),
		})
	}
	if several {
		e.inOrder()
	}
	return err
}

func isYouTube(e *export) bool {
	return e.json.at("events", "tstartms") != nil && (e.json.has("wiremagic") || e.json.at("events", "segs") != nil)
}

// readYouTube reads captions. Those that are made by machine have an entry for each word, and one for
// each line break.
func readYouTube(e *export) error {
	var o struct {
		Events []struct {
			Start jsonTime `json:"tStartMs"`
			Segs  []struct{ UTF8 jsonText }
		}
	}
	err := e.json.read(&o)
	for _, event := range o.Events {
		var text strings.Builder
		for _, s := range event.Segs {
			text.WriteString(string(s.UTF8))
		}
		if strings.TrimSpace(text.String()) != "" {
			e.add(piece{text: text.String(), hint: event.Start.hint(time.Millisecond)})
		}
	}
	return err
}

func isAssemblyAI(e *export) bool {
	if !e.json.has("confidence") && !e.json.has("audio_duration") && !e.json.has("audio_url") {
		return false
	}
	for _, key := range []string{"utterances", "paragraphs", "sentences", "words"} {
		if e.json.at(key, "text") != nil && e.json.at(key, "start") != nil {
			return true
		}
	}
	return e.json.has("audio_url") && isText(e.json.at("text"))
}

// readAssemblyAI reads utterances, or else what else there is.
func readAssemblyAI(e *export) error {
	var o struct {
		Text                              jsonText
		Utterances, Paragraphs, Sentences []segment
		Words                             []exportWord
	}
	err := e.json.read(&o)
	for _, segments := range [][]segment{o.Utterances, o.Paragraphs, o.Sentences} {
		if len(segments) > 0 {
			e.addSegments(segments, time.Millisecond, true)
			return err
		}
	}
	e.addWords(o.Words, time.Millisecond)
	if len(o.Words) == 0 {
		e.addText(string(o.Text))
	}
	return err
}

// segmentLists are the names of lists of segments in exports that are no form of their own.
var segmentLists = strings.Fields(`segments utterances sentences paragraphs turns phrases entries lines cues captions
	subtitles transcript transcripts transcription words results items data`)

// segmentList returns the name of the list of segments that the JSON has, "" where it is the list
// itself, and whether there is one.
func segmentList(e *export) (name string, ok bool) {
	is := func(first json.RawMessage) bool {
		var s segment
		return json.Unmarshal(first, &s) == nil && strings.TrimSpace(s.text()) != "" &&
			(s.speaker() != "" || s.hint(time.Second).known)
	}
	if e.json == nil {
		return "", false
	}
	if is(firstValue(e.json.list)) {
		return "", true
	}
	for _, name := range segmentLists {
		if value := e.json.at(name); isList(value) && is(firstElement(value)) {
			return name, true
		}
	}
	return "", false
}

// isSegments reports whether the JSON is a list of segments as many programs write them.
func isSegments(e *export) bool {
	_, ok := segmentList(e)
	return ok
}

func readList(e *export) error {
	text, above := e.json.text, e.json.above
	if name, _ := segmentList(e); name != "" {
		text, above = e.json.within(e.json.at(name))
	}
	var segments []segment
	err := eachValue(text, above, func(value string, above int) error {
		var s segment
		err := jsonError(value, above, json.Unmarshal([]byte(value), &s))
		segments = append(segments, s)
		return err
	})
	if err != nil {
		return err
	}
	e.addSegments(segments, e.unitOf(segments), false)
	return nil
}

// unitOf returns what the times of segments count: nobody needs more than a few seconds for a
// word.
func (e *export) unitOf(segments []segment) time.Duration {
	words, last := 0, 0.0
	for i := range segments {
		words += len(strings.Fields(segments[i].text())) + 1
		if h := segments[i].hint(time.Second); h.known {
			last = max(last, h.at.Seconds())
		}
	}
	return unitOfTimes(last, words)
}

// unitOfTimes returns whether times count seconds or milliseconds, where the last one stands
// behind so many words: nobody needs a minute for a word.
func unitOfTimes(last float64, words int) time.Duration {
	if last > 60*float64(words) {
		return time.Millisecond
	}
	return time.Second
}
