package episode

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"cuewright/align/pronounce"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Conversion is a caption file to be turned into another one.
type Conversion struct {
	In, Out string
	Preset  string        // a name, see subtitles.Presets; "" leaves the cues as they are
	Words   bool          // write the time of each word of an alignment
	Lang    string        // BCP 47 tag; "" detects the language
	Stretch float64       // what all times are multiplied by, before Shift; above 0
	Shift   time.Duration // by which everything is shown later
}

// Converted is what became of a Conversion.
type Converted struct {
	Output  Output
	Dropped int // cues that would come before the start
}

// Convert reads, converts and writes captions.
func Convert(v Conversion) (*Converted, error) {
	preset := subtitles.DefaultPreset() // for the speakers' names
	var err error
	if v.Preset != "" {
		if preset, err = subtitles.PresetNamed(v.Preset); err != nil {
			return nil, err
		}
	}
	if err := validateLang(v.Lang); err != nil {
		return nil, err
	}
	cues, kind, err := readCaptions(v.In)
	if err != nil {
		return nil, err
	}
	outputs, err := newOutputs([]string{v.Out}, v.In)
	if err != nil {
		return nil, err
	}
	o := &outputs[0]
	dropped, err := v.convert(cues, kind, preset.For(o.Format), o)
	if err != nil {
		return nil, err
	}
	if err := WriteOutputs(outputs); err != nil {
		return nil, err
	}
	return &Converted{Output: *o, Dropped: dropped}, nil
}

// convert fills in o with the cues of a file of the format kind, and returns how many of
// them would come before the start.
func (v Conversion) convert(cues []format.Cue, kind string, preset subtitles.Preset, o *Output) (dropped int, err error) {
	sentences := subtitles.FormatNamed(kind).Sentences
	if kind != o.Format && preset.Label == format.NoLabel || v.Preset != "" && preset.Label != format.DashLabel {
		cues = subtitles.Voices(cues) // which the format marks, or the style writes out in its own way
	}
	// Captions keep the word times they have; an alignment always has some, which are
	// written for those who ask, as by Run.
	words := slices.ContainsFunc(cues, format.Cue.HasWordTimes) && (v.Words || !sentences)
	cues, dropped = subtitles.Retime(cues, v.Stretch, v.Shift)
	if len(cues) == 0 {
		return dropped, fmt.Errorf("%s: all of its cues would come before 0:00: check --shift", v.In)
	}
	lang := v.Lang
	if lang == "" {
		lang = pronounce.Detect(plainText(cues))
	}
	alignment := subtitles.FromCues(cues, lang)
	if v.Preset != "" || sentences {
		cues = subtitles.Layout(alignment, preset, subtitles.LayoutOptions{})
	}
	origin := subtitles.Origin{Version: Version()}
	if subtitles.FormatNamed(o.Format).WantsOrigin {
		if origin.Transcript, err = Fingerprint(v.In); err != nil {
			return dropped, err
		}
	}
	var b bytes.Buffer
	err = subtitles.Write(&b, o.Format, subtitles.Captions{
		Cues: cues, Preset: preset, Words: words, Lang: lang, Alignment: alignment, Origin: origin,
	})
	if err != nil {
		return dropped, fmt.Errorf("%s: %w", o.Name, err)
	}
	o.Cues, o.Data = len(cues), b.Bytes()
	return dropped, nil
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
