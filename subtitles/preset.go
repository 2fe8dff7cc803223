package subtitles

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"cuewright/subtitles/format"
)

// maxLines is how many lines a cue of any style has at the most.
const maxLines = 3

// Preset is a house style: what a cue may look like and how long it may stand.
type Preset struct {
	Name string
	Base string // the name of the preset that one of a file stands on, see ReadPreset
	// LineWidth is the longest line in columns: a grapheme cluster is one, a
	// wide one (Chinese, Japanese, Korean, emoji) two.
	LineWidth int
	// PlainLineWidth takes the place of LineWidth in formats that don't mark speakers by
	// themselves, such as SubRip; 0 where there is no difference.
	PlainLineWidth int
	Lines          int // lines a cue, from 1 to maxLines
	// Speed is the fastest a viewer is asked to read.
	Speed ReadingSpeed
	// Shortest and Longest bound the time that a cue stands; ShortestPerWord
	// adds up over its words, and the greater of the two holds.
	Shortest, ShortestPerWord, Longest time.Duration
	// Gap stands between any two cues, and a shorter gap than CloseGap is
	// closed to it. GapFrames is Gap in frames, where the style counts it so; Early and Late
	// are the same then.
	Gap, CloseGap time.Duration
	GapFrames     int64
	// Early and Late are how far a cue may appear from its first word, Linger
	// how long it may stay after its last one.
	Early, Late, Linger time.Duration
	// FrameRate is that of the film: cues begin and end with a frame of it. The zero value
	// is for none, see At.
	FrameRate format.FrameRate
	// Label is how the text names speakers, see For. Layout makes cues of two speakers only
	// where it has dashes or colours, of exchanges too quick for a cue each. Always has it in
	// each cue.
	Label  format.Label
	Always bool
	// LabelLine: a label has a line of its own. LabelTime is how long it takes to be read, in
	// place of the time for its columns and words; 0 where it counts as text.
	LabelLine bool
	LabelTime time.Duration
	// Colors are those by which speakers are told apart, see format.Style, in the order in which
	// they come up. Labels are left for those who speak less than as many others. White is how
	// text looks anyway. Without colours labels name all.
	Colors []string
	// VoicesAlone: formats that mark speakers by themselves have no label, since those who read
	// them show these marks.
	VoicesAlone bool
	// Speakers is what a person wants instead.
	Speakers Speakers
	// Clips says how what is heard in a clip looks.
	Clips ClipLook
	// Aspect is the shape of the picture: formats that say how large text is, and where it
	// stands, have the longest line fit.
	Aspect format.Aspect
	// Unit is that of the times of the format, see For; 0 where none is known. Lint allows for it.
	Unit time.Duration
	// Limits are those of languages and audiences, from the general ones to the special ones,
	// see ForViewers.
	Limits []Limit
}

// Speakers is how captions tell who speaks. The zero value leaves that to the preset.
type Speakers string

// The ways in which captions tell who speaks. Where two speakers share a cue, each has a line
// of its own in any case.
const (
	SpeakersNone   Speakers = "none"   // not at all, by the means of the format neither
	SpeakersChange Speakers = "change" // by the label of the preset where the speaker changes
	SpeakersAlways Speakers = "always" // by this label in each cue
	SpeakersDash   Speakers = "dash"   // by a dash before each line of two speakers in a cue, and no names
	SpeakersVoice  Speakers = "voice"  // by the means of the format alone, such as <v Name>
)

// AllSpeakers returns the values of Speakers but for the zero one.
func AllSpeakers() []Speakers {
	return []Speakers{SpeakersNone, SpeakersChange, SpeakersAlways, SpeakersDash, SpeakersVoice}
}

// SpeakersNamed returns the value of that name, in any case; the zero one for "".
func SpeakersNamed(name string) (Speakers, error) {
	all := AllSpeakers()
	if s := Speakers(strings.ToLower(name)); s == "" || slices.Contains(all, s) {
		return s, nil
	}
	var names []string
	for _, s := range all {
		names = append(names, string(s))
	}
	return "", fmt.Errorf("%q: unknown: use one of %s", name, strings.Join(names, ", "))
}

// ReadingSpeed limits how fast text passes; a zero limits nothing. Labels are read,
// too: the BBC's guidelines (4.3) give a second for each of them, and Netflix counts all
// characters. Layout and Lint count them alike.
type ReadingSpeed struct {
	CharsPerSecond float64 // columns, spaces and labels among them
	WordsPerMinute float64
}

// Time returns how long so many columns of text, holding so many words, need to be read.
func (s ReadingSpeed) Time(columns int, words float64) time.Duration {
	var t time.Duration
	if s.CharsPerSecond > 0 {
		t = time.Duration(float64(columns) / s.CharsPerSecond * float64(time.Second))
	}
	if s.WordsPerMinute > 0 {
		t = max(t, time.Duration(words/s.WordsPerMinute*float64(time.Minute)))
	}
	return t
}

// ClipLook is how a style marks what is played from a recording.
type ClipLook int

// The looks of clips.
const (
	PlainClips  ClipLook = iota
	ItalicClips          // Netflix, English: italics for voices from electronic media
	QuotedClips          // BBC, section 7.8: double quotes for mechanical speech
)

// Presets returns the house styles in the order of their names. Their rules are from:
//
//   - netflix: Netflix Timed Text Style Guide, general requirements, English and
//     timing pages, at 24 frames a second. Netflix takes only TTML; the preset is
//     its style for other formats. The guide names who can't be seen; as nothing is known of
//     the picture, all are named where the speaker changes.
//   - bbc: BBC Subtitle Guidelines, sections 3 to 8. Colours are the first choice there, in
//     this order, and labels the last.
//   - youtube: YouTube publishes no figures; those of Netflix, except that cues
//     touch where they are close and that speakers are marked as its help says.
//   - podcast: Podcasting 2.0, transcripts.md, for the length of lines in SRT and
//     for names, which players of podcasts take from WebVTT's voices; else as youtube.
//   - dcmp: Described and Captioned Media Program, Captioning Guidelines for the DCMP
//     (dcmp.org/learn/5): 32 characters a line, up to 160 words a minute for adults, two
//     seconds at least. It has names in parentheses, which readers take for an aside: they
//     are as podcast's; else as youtube.
//   - vertical: BBC Subtitle Guidelines, 3.1, for pictures of 9:16: 25 characters, three lines;
//     labels have a line of their own, as bbc's, since most leave room for hardly a word on
//     theirs; else as youtube.
//   - square: nobody publishes figures for 1:1. 32 characters a line, the length of DCMP and of
//     Podcasting 2.0, is where letters are large enough to be read; else as youtube.
//
// The sources of limits by language and audience stand at netflixLimits, lineLimits and
// audienceLimits.
func Presets() []Preset {
	const twoFrames = 83 * time.Millisecond // at 24 a second, in the whole milliseconds of caption files
	web := Preset{
		Aspect:    format.Wide,
		LineWidth: 42, Lines: 2,
		Speed:    ReadingSpeed{CharsPerSecond: 20},
		Shortest: time.Second * 5 / 6, Longest: 7 * time.Second,
		CloseGap: 500 * time.Millisecond,
		Early:    100 * time.Millisecond, Late: 100 * time.Millisecond, Linger: 500 * time.Millisecond,
		Limits: slices.Concat(lineLimits(), audienceLimits(true)),
	}
	netflix, podcast, youtube := web, web, web
	netflix.Name, netflix.Label, netflix.Clips = "netflix", format.BracketLabel, ItalicClips
	netflix.Limits = netflixLimits()
	netflix.Gap, netflix.Early, netflix.Late, netflix.GapFrames = twoFrames, twoFrames, twoFrames, 2
	podcast.Name, podcast.Label = "podcast", format.NameLabel
	podcast.LineWidth, podcast.PlainLineWidth, podcast.VoicesAlone = 65, 32, true
	podcast.Limits = audienceLimits(true)
	youtube.Name, youtube.Label = "youtube", format.ChevronLabel
	dcmp, square, vertical := web, youtube, youtube
	dcmp.Name, dcmp.Label = "dcmp", format.NameLabel
	dcmp.LineWidth, dcmp.Speed, dcmp.Shortest = 32, ReadingSpeed{WordsPerMinute: 160}, 2*time.Second
	dcmp.Limits = audienceLimits(false)
	square.Name, square.LineWidth, square.Aspect = "square", 32, format.Square
	vertical.Name, vertical.LineWidth, vertical.Lines, vertical.Aspect = "vertical", 25, 3, format.Vertical
	vertical.LabelLine = true
	bbc := Preset{
		Name: "bbc", LineWidth: 37, Lines: 2,
		Speed:           ReadingSpeed{WordsPerMinute: 180},
		ShortestPerWord: 300 * time.Millisecond, Longest: 7 * time.Second,
		CloseGap: time.Second,
		Early:    1500 * time.Millisecond, Late: 2 * time.Second, Linger: 1500 * time.Millisecond,
		Colors: []string{"white", "yellow", "cyan", "lime"},
		Label:  format.CapsLabel, LabelLine: true, LabelTime: time.Second, Clips: QuotedClips,
		Aspect: format.Wide, Limits: audienceLimits(false),
	}
	return []Preset{bbc, dcmp, netflix, podcast, square, vertical, youtube}
}

// DefaultPreset returns youtube's.
func DefaultPreset() Preset {
	p, err := PresetNamed("youtube")
	if err != nil {
		panic(err) // Presets lost its default
	}
	return p
}

// PresetNamed returns the preset of that name, in any case.
func PresetNamed(name string) (Preset, error) {
	var names []string
	for _, p := range Presets() {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Preset{}, fmt.Errorf("preset %q: there is none of that name: use one of %s, or a file", name, strings.Join(names, ", "))
}

// For returns the preset as it holds for the named format, see Formats. The text of a format
// whose own marks of speakers are read, as those of JSON are, has no labels; that of WebVTT has
// them, since players hide its <v Name>, unless VoicesAlone says otherwise. Colours are for
// texts that have labels, in formats that hold colours, and for those who ask for no other way.
// Lines may be shorter in formats without marks, and are no longer than a format can have them.
// Layout, Write and Lint of the same cues want the same preset.
func (p Preset) For(name string) Preset {
	f := FormatNamed(name)
	p.Unit = f.Unit()
	if !f.MarksSpeakers && p.PlainLineWidth > 0 {
		p.LineWidth = p.PlainLineWidth
	}
	if f.MaxColumns > 0 {
		p.LineWidth = min(p.LineWidth, f.MaxColumns)
	}
	named := p.Speakers == SpeakersChange || p.Speakers == SpeakersAlways
	switch {
	case f.MarksSpeakers && (!f.HidesSpeakers || p.VoicesAlone && !named && p.Speakers != SpeakersDash),
		p.Speakers == SpeakersNone, p.Speakers == SpeakersVoice:
		p.Label = format.NoLabel
	case p.Speakers == SpeakersDash:
		p.Label = format.DashLabel
	case p.Speakers == SpeakersAlways:
		p.Always = true
	}
	if p.Speakers != "" || p.Label == format.NoLabel || !f.CanHold(format.Colors) {
		p.Colors = nil
	}
	return p
}

// label returns the label of Write: where there are colours, each line says whether it has one.
func (p *Preset) label() format.Label {
	if len(p.Colors) > 0 {
		return format.OwnLabel
	}
	return p.Label
}

// speakersBefore returns for each cue the speaker before it, as format.Label.Texts takes it.
func (p Preset) speakersBefore(cues []format.Cue) []string {
	return format.SpeakersBefore(cues, p.Always)
}

// At returns the preset as it holds for a film of that many frames a second: what it counts
// in frames is as long as these are, and all times of its cues are those of frames. Layout,
// Write and Lint of the same cues want the same preset.
func (p Preset) At(r format.FrameRate) Preset {
	p.FrameRate = r
	if p.GapFrames > 0 && !r.IsZero() {
		gap := r.Time(p.GapFrames)
		p.Gap, p.Early, p.Late = gap, gap, gap
	}
	return p
}

// steps returns the rate of the steps in which cues begin and end: of frames, or else of
// milliseconds.
func (p Preset) steps() format.FrameRate {
	if p.FrameRate.IsZero() {
		return format.FrameRate{Frames: 1000, Seconds: 1}
	}
	return p.FrameRate
}

// extent is what a viewer reads in a cue.
type extent struct {
	columns int           // with a space for each line break
	words   float64       // see countWords
	labels  time.Duration // that labels take, where they don't count as text
}

// addLabel adds a label, and the space or the line break behind it.
func (r *extent) addLabel(label string, p *Preset) {
	if p.LabelTime > 0 {
		r.labels += p.LabelTime
		return
	}
	r.columns += format.Columns(label) + 1
	r.words += countWords(label)
}

// toRead returns how long it takes to read r.
func (p *Preset) toRead(r extent) time.Duration { return p.Speed.Time(r.columns, r.words) + r.labels }

// shortest returns the least time that a cue of r stands.
func (p *Preset) shortest(r extent) time.Duration {
	return max(p.Shortest, time.Duration(r.words*float64(p.ShortestPerWord))) + r.labels
}
