package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/text/language"

	"cuewright/align/pronounce"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// conversion is a caption file to be turned into another one.
type conversion struct {
	In, Out string
	Preset  string // "" leaves the cues as they are
	Words   bool   // write the time of each word of an alignment
	Lang    string // BCP 47; "" detects it
	Stretch float64
	Shift   time.Duration
}

func convertCommand() *cli.Command {
	return &cli.Command{
		Name:      "convert",
		Usage:     "turn captions into another format",
		ArgsUsage: "IN OUT",
		Description: "Reads the captions IN, of WebVTT, SubRip, TTML, ASS, Podcasting 2.0 JSON, TextGrid or .alignment.json,\n" +
			"and writes them as OUT, in the format of its extension: " + extensions() + ".\n" +
			"Cues stay as they are unless --preset lays them out anew. A time t becomes t * stretch + shift.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "preset", Aliases: []string{"p"}, Usage: "lay the cues out anew in the style of `NAME`: " + presetNames()},
			&cli.BoolFlag{Name: "words", Usage: "write the time of each word of an .alignment.json or .TextGrid, too, where OUT can hold it"},
			&cli.StringFlag{Name: "shift", Usage: "show everything later by `TIME`, such as 2.5s or 1m30s; earlier with a minus"},
			&cli.StringFlag{Name: "stretch", Usage: "multiply all times by `FACTOR`, such as 1.001 or 25/23.976"},
			&cli.StringFlag{Name: "lang", Usage: "the language of the captions, a `TAG` such as en or de-AT (default: found by itself)"},
			quietFlag(),
		},
		Action: func(c *cli.Context) error {
			if c.Args().Len() != 2 {
				return errors.New("convert: needs two files: cuewright convert IN OUT")
			}
			v := conversion{In: c.Args().Get(0), Out: c.Args().Get(1), Preset: c.String("preset"), Words: c.Bool("words"), Lang: c.String("lang"), Stretch: 1}
			var err error
			if s := c.String("shift"); s != "" {
				if v.Shift, err = parseTime("--shift", s); err != nil {
					return err
				}
			}
			if s := c.String("stretch"); s != "" {
				if v.Stretch, err = parseStretch(s); err != nil {
					return err
				}
			}
			out, dropped, err := v.run()
			if err != nil {
				return err
			}
			if !c.Bool("quiet") {
				if dropped > 0 {
					warn(c.App.ErrWriter, []string{fmt.Sprintf("%s: %s left out that would come before 0:00", v.In, count(dropped, "cue"))})
				}
				fmt.Fprintf(c.App.ErrWriter, "wrote %s, %s\n", printable(out.name), count(out.cues, "cue"))
			}
			return nil
		},
	}
}

// parseTime takes a time with units, or a number of seconds, given to a flag.
func parseTime(flag, s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil {
		d, err = time.ParseDuration(s + "s")
	}
	if err != nil || d.Abs() > 1000*time.Hour {
		return 0, fmt.Errorf("%s %q: not a time: give one such as 2.5s, -800ms or 1m30s", flag, s)
	}
	return d, nil
}

// parseStretch takes a number or the ratio of two.
func parseStretch(s string) (float64, error) {
	above, below, ratio := strings.Cut(s, "/")
	factor, err := strconv.ParseFloat(strings.TrimSpace(above), 64)
	if ratio && err == nil {
		var by float64
		by, err = strconv.ParseFloat(strings.TrimSpace(below), 64)
		factor /= by
	}
	if err != nil || math.IsNaN(factor) || factor < 0.01 || factor > 100 {
		return 0, fmt.Errorf("--stretch %q: not a factor from 0.01 to 100: give one such as 1.001 or 25/23.976", s)
	}
	return factor, nil
}

// run reads, converts and writes. dropped is how many cues would come before the
// start.
func (v conversion) run() (out output, dropped int, err error) {
	preset := subtitles.DefaultPreset() // for the speakers' names
	if v.Preset != "" {
		if preset, err = subtitles.PresetNamed(v.Preset); err != nil {
			return out, 0, err
		}
	}
	if v.Lang != "" {
		if _, err := language.Parse(v.Lang); err != nil {
			return out, 0, fmt.Errorf("--lang %q: no language tag: give one such as en, de or pt-BR", v.Lang)
		}
	}
	cues, err := readCaptions(v.In)
	if err != nil {
		return out, 0, err
	}
	outputs, err := checkOutputs([]string{v.Out}, v.In)
	if err != nil {
		return out, 0, err
	}
	o := &outputs[0]

	preset = preset.For(o.format)
	if in, _ := subtitles.FormatOf(v.In); in != o.format && preset.Label == format.NoLabel || v.Preset != "" && preset.Label != format.DashLabel {
		cues = subtitles.Voices(cues) // which the format marks, or the style writes out in its own way
	}
	// Captions keep the word times they have; an alignment always has some, which are
	// written for those who ask, as by align.
	words := slices.ContainsFunc(cues, format.Cue.HasWordTimes) && (v.Words || !holdsSentences(v.In))
	cues, dropped = subtitles.Retime(cues, v.Stretch, v.Shift)
	if len(cues) == 0 {
		return out, dropped, fmt.Errorf("%s: all of its cues would come before 0:00: check --shift", v.In)
	}
	lang := v.Lang
	if lang == "" {
		lang = pronounce.Detect(plainText(cues))
	}
	alignment := subtitles.FromCues(cues, lang)
	if v.Preset != "" || holdsSentences(v.In) {
		cues = subtitles.Layout(alignment, preset, subtitles.LayoutOptions{})
	}
	origin := subtitles.Origin{Version: version()}
	if o.format == "alignment.json" {
		if origin.Transcript, err = fingerprint(v.In); err != nil {
			return out, dropped, err
		}
	}
	var b bytes.Buffer
	err = subtitles.Write(&b, o.format, subtitles.Captions{
		Cues: cues, Preset: preset, Words: words, Lang: lang, Alignment: alignment, Origin: origin,
	})
	if err != nil {
		return out, dropped, fmt.Errorf("%s: %w", o.name, err)
	}
	o.cues, o.data = len(cues), b.Bytes()
	return *o, dropped, writeOutputs(outputs)
}

// holdsSentences says that what is read of a file are sentences and no cues.
func holdsSentences(name string) bool {
	format, err := subtitles.FormatOf(name)
	return err == nil && (format == "alignment.json" || format == "TextGrid")
}

func readCaptions(name string) ([]format.Cue, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file: check the name", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: can't be opened: %w", name, underlying(err))
	}
	defer f.Close()
	cues, err := subtitles.Read(f, name)
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return nil, fmt.Errorf("%s: can't be read: %w: name a caption file", name, e.Err)
	}
	return cues, err
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
