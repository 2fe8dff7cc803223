package episode

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/text/language"

	"cuewright/align"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Job is an episode to caption. It is plain data, so that jobs may come from anywhere.
type Job struct {
	Audio      string   `json:"audio,omitempty"`      // a recording, or StandardInput
	Transcript string   `json:"transcript,omitempty"` // or StandardInput
	Outputs    []string `json:"outputs"`              // the format follows the extension; or StandardOutput
	Options
	// Folder is the one that outputs of a relative name lie in, "" for the current one. Render looks at it alone.
	Folder string `json:"-"`
	// Format is that of StandardOutput.
	Format string `json:"-"`
	// MaxLength is how long the recording may be; 0 for audio.MaxLength.
	MaxLength time.Duration `json:"-"`

	Fresh bool   `json:"-"` // an output that is there already is an error
	HTML  string `json:"-"` // the page to write, too; "" for none
	// TraceDir is the folder for a trace of the alignment, a TextGrid for each pass; "" for
	// none. It is made if need be, and changes no output.
	TraceDir string `json:"-"`
}

// Options say how an episode is captioned.
type Options struct {
	Preset string `json:"preset"` // a name, see subtitles.Presets, or a preset file
	// PresetText is what the preset file holds, where it has been read already.
	PresetText   string `json:"preset_text,omitempty"`
	FPS          string `json:"fps,omitempty"`      // see format.FrameRateNamed; "" for no film
	Speakers     string `json:"speakers,omitempty"` // see subtitles.SpeakersNamed; "" for the preset's
	Audience     string `json:"audience,omitempty"` // see subtitles.AudienceNamed; "" for adults
	Lang         string `json:"lang"`               // BCP 47 tag; "" detects the language
	Lexicon      string `json:"lexicon,omitempty"`  // a file of words and how they are said; "" for none
	Track        int    `json:"track,omitempty"`    // see RecordingOptions
	Model        string `json:"model"`              // SeedModel, NoModel or a file
	Words        bool   `json:"words"`              // write the time of each word
	NoSoundCues  bool   `json:"no_sound_cues"`      // show no sounds such as [theme music]
	KeepUnspoken bool   `json:"keep_unspoken"`      // show what nobody says
	// MarkUnscripted shows where speech is heard that the transcript lacks.
	MarkUnscripted bool `json:"mark_unscripted,omitempty"`
	// Encoding is that of the transcript, see format.DecodeAs; "" for one that is found.
	Encoding string `json:"encoding,omitempty"`
	Force    bool   `json:"force"` // caption a transcript that seems to be another recording's
	// LexiconText is what the lexicon holds, where it has been read already.
	LexiconText string `json:"-"`
}

// DefaultOptions returns the options of a command line without flags.
func DefaultOptions() Options {
	return Options{Preset: subtitles.DefaultPreset().Name, Model: SeedModel}
}

// Validate returns an error where the language, the preset, the audience, the frame rate or the
// way to name speakers is unknown. Whether there is such a model is found by ReadModel.
func (o Options) Validate() error {
	_, err := o.preset()
	return err
}

// preset returns the preset by its name, for films of the frame rate, with speakers named as asked
// for, the language and the audience being valid, too.
func (o Options) preset() (subtitles.Preset, error) {
	if _, err := Language(o.Lang); err != nil {
		return subtitles.Preset{}, err
	}
	rate, err := frameRate(o.FPS)
	if err != nil {
		return subtitles.Preset{}, err
	}
	named, err := speakers(o.Speakers)
	if err != nil {
		return subtitles.Preset{}, err
	}
	if _, err := audience(o.Audience); err != nil {
		return subtitles.Preset{}, err
	}
	p, err := ReadPreset(o.Preset, o.PresetText)
	p.Speakers = cmp.Or(named, p.Speakers)
	return p.At(rate), err
}

// speakers returns how a person wants speakers to be named.
func speakers(name string) (subtitles.Speakers, error) {
	s, err := subtitles.SpeakersNamed(name)
	if err != nil {
		err = fmt.Errorf("--speakers %w", err)
	}
	return s, err
}

// audience returns the audience that a person named.
func audience(name string) (subtitles.Audience, error) {
	a, err := subtitles.AudienceNamed(name)
	if err != nil {
		err = fmt.Errorf("--audience %w", err)
	}
	return a, err
}

// frameRate returns the frame rate that a person gave.
func frameRate(name string) (format.FrameRate, error) {
	rate, err := format.FrameRateNamed(name)
	if err != nil {
		err = fmt.Errorf("--fps %w", err)
	}
	return rate, err
}

// Language returns a tag that a person gave as BCP 47 writes it: en-US for en_US, EN-us,
// eng-US or the locale en_US.UTF-8. It returns "" for "" and for und, which says that the
// language isn't known.
func Language(tag string) (string, error) {
	plain, _, _ := strings.Cut(strings.TrimSpace(tag), ".")
	plain, _, _ = strings.Cut(plain, "@")
	if plain == "" && tag == "" {
		return "", nil
	}
	t, err := language.Parse(plain)
	if err == nil && t == language.Und {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("--lang %q: no language tag: give one such as en, de or pt-BR", tag)
	}
	return t.String(), nil
}

// The models that are no files.
const (
	SeedModel = "seed" // the one that is built in
	NoModel   = "none" // broad classes of sounds
)

// modelFile returns the name of a model in a slice, an empty one where it is no file.
func modelFile(name string) []string {
	if name == SeedModel || name == NoModel {
		return nil
	}
	return []string{name}
}

// ReadModel returns the model of that name; it is nil for NoModel.
func ReadModel(name string) (*align.Model, error) {
	switch name {
	case SeedModel:
		return align.SeedModel(), nil
	case NoModel:
		return nil, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("--model %s: %w: give seed, none or a file made by cuewright train", name, Underlying(err))
	}
	defer f.Close()
	m, err := align.ReadModel(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// The stages that progress is reported of.
const (
	StageReading  = "reading"
	StageAligning = "aligning"
)

// Hooks connect the work on an episode to the program around it. Any may be nil.
type Hooks struct {
	// Progress is called with the share of a stage that is done, in [0, 1]; stages come one
	// after another.
	Progress func(stage string, share float64)
	// OpenStdin opens what a file named StandardInput is read from.
	OpenStdin func() (io.Reader, error)
}

// stdin opens standard input.
func (h Hooks) stdin() (io.Reader, error) {
	if h.OpenStdin == nil {
		return nil, errors.New("-: there is no standard input: name a file")
	}
	return h.OpenStdin()
}

// stage returns the function that reports the progress of a stage.
func (h Hooks) stage(name string) func(share float64) {
	if h.Progress == nil {
		return func(float64) {}
	}
	return func(share float64) { h.Progress(name, share) }
}

// Version returns what the Go command stamped the program with: the module's version or
// the commit; "(devel)" where it stamped nothing.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
