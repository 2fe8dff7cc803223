package main

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"cuewright/cmd/cuewright/episode"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// captionFlags are the options that an episode is captioned by, see newOptions.
func captionFlags() []cli.Flag {
	d := episode.DefaultOptions()
	return []cli.Flag{
		&cli.StringFlag{
			Name: "preset", Aliases: []string{"p"}, Value: d.Preset,
			Usage: "lay cues out in the style of `NAME`: " + presetNames() + ", or a file, see presets",
		},
		audienceFlag("caption for `WHOM`"),
		fpsFlag("begin and end cues with frames of a film that has `RATE` a second"),
		speakersFlag(),
		&cli.BoolFlag{Name: "words", Usage: "write the time of each word, where the format can hold it"},
		&cli.StringFlag{Name: "lang", Usage: "the language of the transcript, a `TAG` such as en or de-AT (default: found by itself)"},
		lexiconFlag(),
		&cli.StringFlag{
			Name: "model", Value: d.Model,
			Usage: "tell sounds apart by `MODEL`: seed (built in), none (broad classes of sounds), or a file made by train",
		},
		&cli.BoolFlag{Name: "no-sound-cues", Usage: "show no sounds such as [theme music]"},
		&cli.BoolFlag{Name: "mark-unscripted", Usage: "show [speech not in transcript] where that is heard"},
		&cli.StringFlag{
			Name: "unspoken", Value: "drop",
			Usage: "`WHAT` becomes of sentences, clauses and insertions that nobody says: drop or keep",
		},
		&cli.BoolFlag{Name: "force", Usage: "caption even if the transcript seems to be of another recording, and exit with 1"},
		minConfidenceFlag(),
		encodingFlag("the transcript"),
		trackFlag(),
		maxLengthFlag(),
		quietFlag(),
	}
}

// newOptions returns the options of the command line.
func newOptions(c *cli.Context) (episode.Options, error) {
	if u := c.String("unspoken"); u != "drop" && u != "keep" {
		return episode.Options{}, fmt.Errorf("--unspoken %q: unknown: give drop or keep", u)
	}
	lang, err := episode.Language(c.String("lang"))
	if err != nil {
		return episode.Options{}, err
	}
	name, err := encoding(c)
	if err != nil {
		return episode.Options{}, err
	}
	read, err := track(c)
	return episode.Options{
		Preset: c.String("preset"), Audience: c.String("audience"), FPS: c.String("fps"), Speakers: c.String("speakers"),
		Lang: lang, Lexicon: c.String("lexicon"), Track: read, Model: c.String("model"),
		Words: c.Bool("words"), NoSoundCues: c.Bool("no-sound-cues"), MarkUnscripted: c.Bool("mark-unscripted"),
		KeepUnspoken: c.String("unspoken") == "keep", Force: c.Bool("force"), Encoding: name,
	}, err
}

func lexiconFlag() cli.Flag {
	return &cli.StringFlag{Name: "lexicon", Usage: "take from `FILE` how names are said: lines of a word, =, and letters or /phones/"}
}

func fpsFlag(usage string) cli.Flag {
	return &cli.StringFlag{Name: "fps", Usage: usage + ": " + format.FrameRateNames()}
}

func audienceFlag(usage string) cli.Flag {
	var names []string
	for _, a := range subtitles.AllAudiences() {
		names = append(names, string(a))
	}
	return &cli.StringFlag{
		Name:  "audience",
		Usage: usage + ", at the reading speed that the style asks for: " + strings.Join(names, ", ") + " (default: adults)",
	}
}

func speakersFlag() cli.Flag {
	var names []string
	for _, s := range subtitles.AllSpeakers() {
		names = append(names, string(s))
	}
	return &cli.StringFlag{
		Name:  "speakers",
		Usage: "`HOW` captions tell who speaks: " + strings.Join(names, ", ") + " (default: as the style and the format ask)",
	}
}

func minConfidenceFlag() cli.Flag {
	return &cli.Float64Flag{
		Name:  "min-confidence",
		Usage: "exit with 1 if the confidence in the whole is below `SHARE`, from 0 to 1",
	}
}

func minConfidence(c *cli.Context) (float64, error) {
	floor := c.Float64("min-confidence")
	if !(floor >= 0 && floor <= 1) {
		return 0, fmt.Errorf("--min-confidence %v: not a share: give a number from 0 to 1", floor)
	}
	return floor, nil
}

func maxLengthFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "max-length", DefaultText: "24h",
		Usage: "refuse a recording longer than `TIME`, such as 30h: one that never ends, mostly",
	}
}

// maxLength returns how long a recording may be, 0 where nothing is said.
func maxLength(c *cli.Context) (time.Duration, error) {
	if !c.IsSet("max-length") {
		return 0, nil
	}
	most, err := parseTime("--max-length", c.String("max-length"))
	if err == nil && most <= 0 {
		err = fmt.Errorf("--max-length %s: give a time above 0, such as 30h", c.String("max-length"))
	}
	return most, err
}

func trackFlag() cli.Flag {
	return &cli.IntFlag{
		Name: "track", DefaultText: "the default one",
		Usage: "read the audio track `N` of a file that has several, from 1",
	}
}

// track returns the audio track to read, 0 where none is named.
func track(c *cli.Context) (int, error) {
	n := c.Int("track")
	if c.IsSet("track") && n < 1 {
		return 0, fmt.Errorf("--track %d: tracks are counted from 1", n)
	}
	return n, nil
}

func memoryFlag(usage, byDefault string) cli.Flag {
	return &cli.IntFlag{Name: "memory", DefaultText: byDefault, Usage: usage}
}

// memoryGiven returns how many bytes of memory may be taken, 0 where nothing is said.
func memoryGiven(c *cli.Context) (uint64, error) {
	megabytes := c.Int("memory")
	if megabytes < 0 || c.IsSet("memory") && megabytes == 0 {
		return 0, fmt.Errorf("--memory %d: give a number of MB from 1 on", megabytes)
	}
	return uint64(megabytes) << 20, nil
}

// encodingFlag names the encoding of a text file, which the usage calls what.
func encodingFlag(what string) cli.Flag {
	return &cli.StringFlag{
		Name:  "encoding",
		Usage: what + " is in the encoding `NAME`, such as windows-1251 or gbk (default: found by itself)",
	}
}

// encoding returns the name of an encoding that is known, "" where none is given.
func encoding(c *cli.Context) (string, error) {
	name := c.String("encoding")
	if name == "" {
		return "", nil
	}
	if err := format.CheckEncoding(name); err != nil {
		return "", fmt.Errorf("--encoding %w", err)
	}
	return name, nil
}

func htmlFlag() cli.Flag {
	return &cli.StringFlag{Name: "html", Usage: "write what was found as a page to look at and listen to, `FILE`.html"}
}

func quietFlag() cli.Flag {
	return &cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say nothing but errors"}
}

// extensions lists those of the formats that captions are written in.
func extensions() string {
	var all []string
	for _, f := range subtitles.Formats() {
		all = append(all, "."+f.Name)
	}
	return strings.Join(all, " ")
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

// hooks connect the work on an episode to the command's standard input and to bars.
func hooks(c *cli.Context, bars *progress) episode.Hooks {
	return episode.Hooks{
		Progress: bars.report, OpenStdin: stdin(c),
	}
}

// stdin returns what opens standard input, which must not be a terminal.
func stdin(c *cli.Context) func() (io.Reader, error) {
	return func() (io.Reader, error) {
		if f, ok := c.App.Reader.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
			return nil, errors.New("-: standard input is a terminal: pipe a recording in WAV, a transcript, or captions into it")
		}
		return c.App.Reader, nil
	}
}
