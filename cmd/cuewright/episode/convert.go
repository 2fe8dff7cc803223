package episode

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"cuewright/align"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Conversion is a caption file to be turned into another one.
type Conversion struct {
	In, Out string // or StandardInput, and StandardOutput
	// OpenStdin opens what In is read from where it is StandardInput; nil for none.
	OpenStdin func() (io.Reader, error)
	Format    string // of StandardOutput; that of a file follows its extension
	Preset    string // a name or a file, see Options; "" leaves the cues as they are
	FPS       string // see format.FrameRateNamed; "" leaves times as they are
	// Speakers is how speakers are named, see subtitles.SpeakersNamed; "" leaves that to the
	// preset and, without one, as it is in a file of the same format.
	Speakers string
	// Audience is who the cues are for, see Options. It takes a preset.
	Audience string
	Words    bool   // write the time of each word of an alignment, or in a format of words in place of cues
	Lang     string // BCP 47 tag; "" detects the language
	// Encoding is that of In, "" for one that is found.
	Encoding string
	// Audio is the recording that a page plays, a file or an address that begins with https://; "" for the one that an
	// alignment names.
	Audio   string
	Stretch float64       // what all times are multiplied by, before Shift; above 0
	Shift   time.Duration // by which everything is shown later
}

// Converted is what became of a Conversion.
type Converted struct {
	Output  Output
	Dropped int  // cues, or sentences of an alignment, that would come before the start
	timed   bool // captions had times of words
	// Lost is what the cues had beside their text that the format can't hold.
	Lost []format.Loss
	// Warnings say what is wrong with the captions, or with the pair that an alignment was made
	// from, as Result does.
	Warnings []string
}

// Convert reads, converts and writes captions.
func Convert(ctx context.Context, v Conversion) (*Converted, error) {
	preset := subtitles.DefaultPreset() // for the speakers' names
	var err error
	if v.Preset != "" {
		if preset, err = ReadPreset(v.Preset, ""); err != nil {
			return nil, err
		}
	}
	if _, err = audience(v.Audience); err == nil && v.Audience != "" && v.Preset == "" {
		err = fmt.Errorf("--audience %s: changes nothing where cues stay as they are: give a --preset, too", v.Audience)
	}
	if err != nil {
		return nil, err
	}
	rate, err := frameRate(v.FPS)
	if err != nil {
		return nil, err
	}
	named, err := speakers(v.Speakers)
	if err != nil {
		return nil, err
	}
	preset.Speakers = cmp.Or(named, preset.Speakers)
	if v.Lang, err = Language(v.Lang); err != nil {
		return nil, err
	}
	in, err := openInput(v.In, roleCaptions, v.Encoding, Hooks{OpenStdin: v.OpenStdin})
	if err != nil {
		return nil, err
	}
	outputs, err := newOutputs([]string{v.Out}, v.Format, append(presetFile(v.Preset), v.In)...)
	if err != nil {
		return nil, err
	}
	if err := checkFrameRate(outputs, rate); err != nil {
		return nil, err
	}
	o := &outputs[0]
	recording, err := v.audioURL(o)
	if err != nil {
		return nil, err
	}
	convert := v.cues
	if in.isAlignment() {
		convert = v.alignment
	}
	made := &Converted{}
	captions, err := convert(in, preset.For(o.Format).At(rate), o.Format, made)
	if err != nil {
		return nil, err
	}
	if made.Dropped > 0 && len(captions.Cues) == 0 {
		return nil, fmt.Errorf("%s: all of its cues would come before 0:00: check --shift", v.In)
	}
	if subtitles.FormatNamed(o.Format).WantsOrigin && captions.Origin == (subtitles.Origin{}) {
		captions.Origin.Version = Version()
		if captions.Origin.Transcript, err = in.fingerprint(ctx, v.In); err != nil {
			return nil, err
		}
	}
	captions.Title, captions.Audio = o.title(v.In), cmp.Or(recording, besideURL(captions.Origin.Audio.Name))
	captions.Warn = func(text string) { made.Warnings = append(made.Warnings, o.Name+": "+text) }
	var b bytes.Buffer
	if err := subtitles.Write(&b, o.Format, captions); err != nil {
		return nil, fmt.Errorf("%s: %w", o.Name, err)
	}
	o.Data = b.Bytes()
	o.count(&captions)
	if err := WriteOutputs(outputs); err != nil {
		return nil, err
	}
	made.Output = *o
	if !in.isAlignment() {
		made.Lost = made.losses(subtitles.FormatNamed(o.Format).Format, captions)
	}
	made.Warnings = append(made.Warnings, v.remarks(o, &captions)...)
	return made, nil
}

// remarks returns what people should know of an output.
func (v Conversion) remarks(o *Output, captions *subtitles.Captions) (all []string) {
	f := subtitles.FormatNamed(o.Format)
	if captions.Audio == "" && f.PlaysAudio {
		all = append(all, o.Name+": plays nothing, since "+v.In+" names no recording: name it with --audio")
	}
	if lacksChapters(o, captions.Alignment) {
		all = append(all, v.In+": "+noChapters+o.Name)
	}
	if w := misfit(captions.Alignment); w != "" {
		all = append(all, v.In+": "+w)
	}
	if w := unshown(captions.Alignment); w != "" && !f.Sentences {
		all = append(all, v.In+": "+w)
	}
	return all
}

// audioURL returns the URL of the recording that is named for the output o, "" where none is. A file is named as Run
// does.
func (v Conversion) audioURL(o *Output) (string, error) {
	switch address, err := url.Parse(v.Audio); {
	case v.Audio == "":
		return "", nil
	case !subtitles.FormatNamed(o.Format).PlaysAudio:
		return "", fmt.Errorf("--audio %s: %s plays no recording: .read.html and .smil do", v.Audio, o.Name)
	case err == nil && address.Scheme == "https" && address.Host != "" && address.Fragment == "":
		return v.Audio, nil
	case strings.Contains(v.Audio, "://"):
		return "", fmt.Errorf("--audio %s: can't be played: give a file, or an address such as https://example.org/episode.mp3",
			v.Audio)
	}
	if info, err := os.Stat(v.Audio); err != nil {
		return "", fmt.Errorf("--audio %s: %w", v.Audio, Underlying(err))
	} else if info.IsDir() {
		return "", fmt.Errorf("--audio %s: is a folder: name the recording in it", v.Audio)
	}
	j := Job{Audio: v.Audio}
	return j.audioURL(o), nil
}

// losses returns what a file of captions in a format lacks of the file that it was made from.
func (c *Converted) losses(to format.Format, written subtitles.Captions) []format.Loss {
	if !written.Words {
		to = to.Without(format.WordTimes)
	}
	return slices.DeleteFunc(to.Losses(written.Cues, written.Around), func(l format.Loss) bool {
		return l.Attribute == format.WordTimes && !c.timed // the layout's
	})
}

// misfit returns what its verdict says against an alignment, "" where it fits. Captions have no
// verdict.
func misfit(a *align.Alignment) string {
	if a.Verdict == align.Mismatched {
		return align.ErrMismatch.Error()
	}
	return doubt(a)
}

// cues returns what to write as the format out for a file of cues, and tells made of those
// that are not.
func (v Conversion) cues(in *document, preset subtitles.Preset, out string, made *Converted) (c subtitles.Captions, err error) {
	f, err := in.captions()
	if err != nil {
		return c, err
	}
	cues := f.Cues
	made.Warnings = in.told(f.Warnings)
	styled := v.Preset != "" || v.Speakers != ""
	if styled || in.kind != out && subtitles.FormatNamed(out).MarksSpeakers {
		cues = subtitles.Voices(cues) // which the format marks, or the style writes out in its own way
	}
	if !styled && (in.kind == out && out != "srt" || slices.ContainsFunc(cues, hasLabel)) {
		preset.Label = format.OwnLabel
	}
	if v.Speakers != "" {
		cues = withoutSources(cues) // which name speakers as the file does
	}
	made.timed = slices.ContainsFunc(cues, format.Cue.HasWordTimes)
	words := made.timed && (v.Words || !subtitles.FormatNamed(out).ByWord) // captions keep those they have, and stay cues
	cues, made.Dropped = subtitles.Retime(cues, v.Stretch, v.Shift)
	lang := v.Lang
	if lang == "" {
		lang = made.detect(v.In, plainText(cues))
	} else {
		made.hold(v, plainText(cues))
	}
	alignment := subtitles.FromCues(cues, lang)
	if v.Preset != "" {
		preset = preset.ForViewers(lang, subtitles.Audience(v.Audience))
		cues = subtitles.Relayout(cues, lang, preset)
		f.Around = f.Around.WithoutOwnSheets() // for cues that are gone
	} else if !preset.FrameRate.IsZero() {
		cues = subtitles.OnFrames(cues, preset.FrameRate)
	}
	cues = slices.DeleteFunc(cues, format.Cue.IsEmpty) // no format writes them
	return subtitles.Captions{
		Cues: cues, Preset: preset, Words: words, Lang: lang, Alignment: alignment,
		Around: subtitles.RetimeAround(f.Around, v.Stretch, v.Shift),
	}, nil
}

// hasLabel reports whether the text of a cue named its speakers.
func hasLabel(c format.Cue) bool {
	return slices.ContainsFunc(c.Lines, func(l format.Line) bool { return l.Label != format.NoLabel })
}

// withoutSources returns cues that are to be written anew.
func withoutSources(cues []format.Cue) []format.Cue {
	cues = slices.Clone(cues)
	for i := range cues {
		cues[i].Source = ""
	}
	return cues
}

// alignment returns what to write for a file of sentences and words, and tells made how many
// sentences would come before the start. An alignment stays one: it keeps what no cue shows,
// and its cues are laid out from it as by Run.
func (v Conversion) alignment(in *document, preset subtitles.Preset, _ string, made *Converted) (
	c subtitles.Captions, err error,
) {
	a, warnings, err := in.alignment()
	if err != nil {
		return c, err
	}
	made.Warnings = in.told(warnings)
	words := v.Words && hasWordTimes(a) // an alignment mostly has some: they are written for those who ask
	a, made.Dropped = subtitles.RetimeAlignment(subtitles.TimeWords(a), v.Stretch, v.Shift)
	text := func() string { return plainText(subtitles.Layout(a, preset, subtitles.LayoutOptions{})) }
	if v.Lang != "" {
		made.hold(v, text())
	}
	if a.Lang = cmp.Or(v.Lang, a.Lang); a.Lang == "" {
		a.Lang = made.detect(v.In, text())
	}
	preset = preset.ForViewers(a.Lang, subtitles.Audience(v.Audience))
	cues := subtitles.Layout(a, preset, subtitles.LayoutOptions{})
	return subtitles.Captions{
		Cues: cues, Preset: preset, Words: words, Lang: a.Lang, Alignment: a, Origin: subtitles.ReadOrigin(in.text),
	}, nil
}

// hold tells made of a text that isn't in the language that was given for it.
func (made *Converted) hold(v Conversion, text string) {
	if note := misnamed(v.Lang, text); note != "" {
		made.Warnings = append(made.Warnings, v.In+": "+note)
	}
}

// hasWordTimes reports whether a word of the alignment has a time of its own.
func hasWordTimes(a *align.Alignment) bool {
	for _, t := range a.Turns {
		for _, s := range t.Sentences {
			if slices.ContainsFunc(s.Words, func(w align.Word) bool { return w.End > w.Start }) {
				return true
			}
		}
	}
	return false
}

func plainText(cues []format.Cue) string {
	var b strings.Builder
	for _, c := range cues {
		for _, l := range c.Lines {
			b.WriteString(l.Text() + "\n")
		}
	}
	return b.String()
}
