package episode

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"cuewright/align"
	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/cmd/cuewright/page"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// Result is what became of a job.
type Result struct {
	Alignment *align.Alignment
	Warnings  []string
	// Problem says that the captions are of no use, though they were written, and why; ""
	// where they may be of use.
	Problem string
	Outputs []Output    // in the order of the job's
	Track   string      // of the recording, see Recording.TrackRead
	Lexicon *LexiconUse // nil without a lexicon
	Took    time.Duration

	levels []float32 // of the recording's frames in dBFS, see audio.Frames
}

// Run captions the episode of a job. All that can be known to be wrong beforehand is
// found before the work starts; an error leaves all outputs as they were, but for the
// trace of a pair that is refused.
func Run(ctx context.Context, j Job, h Hooks) (result *Result, err error) {
	began := time.Now()
	inputs := slices.Concat(modelFile(j.Model), presetFile(j.Preset), lexiconFile(j.Lexicon), []string{j.Audio, j.Transcript})
	html, err := pageOutput(j.HTML, append(inputs, j.Outputs...)...)
	if err != nil {
		return nil, err
	}
	outputs, err := newOutputs(j.Outputs, j.Format, inputs...)
	if err != nil {
		return nil, err
	}
	for _, o := range outputs {
		if html != nil && sameName(o.path, html.path) {
			return nil, fmt.Errorf("--html %s: is the same file as %s: give each output once", html.Name, o.Name)
		}
	}
	for i := range outputs {
		outputs[i].fresh = j.Fresh
		if err := outputs[i].checkFresh(); err != nil {
			return nil, err
		}
	}
	traced, err := j.newTrace(outputs)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			traced.removeFolder()
		}
	}()
	r, err := j.render(ctx, outputs, traced, h)
	if errors.Is(err, align.ErrMismatch) || errors.Is(err, align.ErrTooManyWords) {
		err = fmt.Errorf("%w, or add --force", err)
	}
	if err != nil && ctx.Err() == nil {
		err = stale(err, outputs)
	}
	if errors.Is(err, align.ErrMismatch) || errors.Is(err, errUnheard) {
		return nil, errors.Join(err, traced.writeAlone())
	}
	if err != nil {
		return nil, err
	}
	all := slices.Clone(r.Outputs)
	if html != nil {
		if html.Data, err = j.page(html.path, r); err != nil {
			return nil, err
		}
		all = append(all, *html)
	}
	if traced != nil {
		if err := traced.fill(); err != nil {
			return nil, err
		}
		all = append(all, traced.outputs...)
	}
	if err := WriteOutputs(all); err != nil {
		return nil, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// stale adds to err which outputs are there, since these are not of this run.
func stale(err error, outputs []Output) error {
	var there []string
	for _, o := range outputs {
		if _, err := os.Stat(o.path); err == nil {
			there = append(there, o.Name)
		}
	}
	return Stale(err, there)
}

// Stale adds to err that the captions of these names are there, but of an earlier run.
func Stale(err error, captions []string) error {
	switch len(captions) {
	case 0:
		return err
	case 1:
		return fmt.Errorf("%w; %s is of an earlier run", err, captions[0])
	}
	return fmt.Errorf("%w; %s are of an earlier run", err, strings.Join(captions, ", "))
}

// Render captions the episode of a job as Run does, but writes nothing, nor does it look
// whether the outputs could be written: their bytes are in the result. A page and a trace
// are not made.
func Render(ctx context.Context, j Job, h Hooks) (*Result, error) {
	began := time.Now()
	var outputs []Output
	for _, name := range j.Outputs {
		format, err := formatOf(name, j.Format)
		if err != nil {
			return nil, err
		}
		outputs = append(outputs, Output{Name: name, Format: format})
	}
	r, err := j.render(ctx, outputs, nil, h)
	if err != nil {
		return nil, err
	}
	r.Took = time.Since(began)
	return r, nil
}

// render fills in the outputs, and writes none of them. The passes are added to traced,
// where that is not nil.
func (j *Job) render(ctx context.Context, outputs []Output, traced *trace, h Hooks) (*Result, error) {
	preset, err := j.preset()
	if err != nil {
		return nil, err
	}
	if err := j.checkInputs(outputs, preset); err != nil {
		return nil, err
	}
	options := align.DefaultOptions()
	options.Lang, options.Force = j.Lang, j.Force
	options.Progress = h.stage(StageAligning)
	if options.Model, err = ReadModel(j.Model); err != nil {
		return nil, err
	}
	if options.Lexicon, err = ReadLexicon(j.Lexicon, j.LexiconText); err != nil {
		return nil, err
	}
	var words *document // the transcript, once it was opened
	read := sync.OnceValues(func() (script *transcript.Script, err error) {
		if words, err = openInput(j.Transcript, roleTranscript, j.Encoding, h); err != nil {
			return nil, err
		}
		return words.script()
	})
	recording, err := OpenRecording(ctx, j.Audio, RecordingOptions{j.MaxLength, j.Track, func() string {
		script, err := read()
		if j.Lang != "" || err != nil {
			return j.Lang
		}
		return DetectLanguage(script)
	}}, h)
	if err != nil {
		if isRecording(ctx, j.Transcript) {
			return nil, fmt.Errorf("%s: is no recording, but %s is one: give the recording first, then its transcript",
				j.Audio, j.Transcript)
		}
		return nil, err
	}
	defer recording.Close()
	script, err := read()
	if err != nil {
		return nil, err
	}
	if err := checkLetters(outputs, script); err != nil {
		return nil, err
	}
	frames, err := recording.Analyze(ctx, h)
	if err != nil {
		return nil, err
	}
	if traced != nil {
		traced.end = frames.Duration()
		options.Hooks = &align.Hooks{Trace: traced.add}
	}
	alignment, err := j.aligned(ctx, frames, script, options)
	wrong := Misnamed(j.Lang, script)
	if wrong != "" && errors.Is(err, align.ErrMismatch) {
		err = fmt.Errorf("%w; %s: %s", err, j.Transcript, wrong)
	}
	if track := recording.TrackRead(); track != "" && (errors.Is(err, align.ErrMismatch) || errors.Is(err, errUnheard)) {
		err = fmt.Errorf("%w; %s, was read: name another one with --track", err, track)
	}
	if err != nil {
		return nil, err
	}

	r := &Result{
		Alignment: alignment, Warnings: append(words.guess(), recording.Warnings()...), Outputs: outputs,
		Track: recording.TrackRead(), Lexicon: useOf(options.Lexicon, script), levels: frames.Level,
	}
	j.tell(r, script, wrong)
	if err := j.layOut(ctx, r, preset, recording, words); err != nil {
		return nil, err
	}
	return r, ctx.Err()
}

// tell fills in what is to be known of the pair of a job; wrong is what is wrong with the language that was
// given, "" for nothing.
func (j *Job) tell(r *Result, script *transcript.Script, wrong string) {
	warn := func(name string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				r.Warnings = append(r.Warnings, name+": "+text)
			}
		}
	}
	warn(j.Transcript, append(languageNotes(r.Alignment), wrong)...)
	if problem := problemOf(r.Alignment); problem != "" {
		r.Problem = fmt.Sprintf("%s: the captions are of no use, confidence %.3f: %s", j.Audio, r.Alignment.Confidence(), problem)
		return
	}
	warn(j.Audio, doubt(r.Alignment), lacking(r.Alignment))
	warn(j.Transcript, misguided(r.Alignment, script.Hints))
}

// checkInputs returns an error where the outputs can't be made from such inputs, before any work.
func (j *Job) checkInputs(outputs []Output, preset subtitles.Preset) error {
	if err := checkFrameRate(outputs, preset.FrameRate); err != nil {
		return err
	}
	if err := checkStdin(j.Audio, j.Transcript); err != nil {
		return err
	}
	for _, o := range outputs {
		if j.Audio == StandardInput && subtitles.FormatNamed(o.Format).NamesAudio {
			return fmt.Errorf("%s: names its recording, which has no name on standard input: give it as a file", o.Name)
		}
	}
	if wantsOrigin(outputs) {
		return checkTwice(j.Audio)
	}
	return nil
}

// aligned returns the alignment of a script with the frames of a recording, in which at least
// something of it is heard.
func (j *Job) aligned(
	ctx context.Context, frames *audio.Frames, script *transcript.Script, options align.Options,
) (*align.Alignment, error) {
	alignment, err := align.Align(ctx, frames, script, options)
	if errors.Is(err, align.ErrNoSpeech) {
		return nil, j.unheard(false)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.Audio, err)
	}
	if !slices.ContainsFunc(alignment.Turns, func(t align.Turn) bool { return t.Spoken }) {
		return nil, j.unheard(len(alignment.Speech) > 0)
	}
	return alignment, nil
}

// errUnheard says that nothing of the transcript is heard in the recording. No flag changes that.
var errUnheard = errors.New("nothing of its transcript is heard in it")

// unheard returns the error of a recording in which no word is heard; speech says whether
// it may hold any.
func (j *Job) unheard(speech bool) error {
	if !speech {
		return fmt.Errorf("%s: %w, nor any speech: check the recording", j.Audio, errUnheard)
	}
	return fmt.Errorf("%s: %w: is %s the transcript of another episode?", j.Audio, errUnheard, j.Transcript)
}

// layOut lays the cues of each output out and writes them into its data.
func (j *Job) layOut(
	ctx context.Context, r *Result, preset subtitles.Preset, recording *Recording, words *document,
) error {
	origin, err := j.origin(ctx, r.Outputs, recording, words)
	if err != nil {
		return err
	}
	var without []string // outputs of chapters that have none
	for i := range r.Outputs {
		o := &r.Outputs[i]
		preset := preset.For(o.Format).ForViewers(r.Alignment.Lang, subtitles.Audience(j.Audience))
		cues := j.cues(r.Alignment, preset)
		o.Findings = len(subtitles.Lint(cues, preset))
		captions := subtitles.Captions{
			Cues: cues, Preset: preset, Words: j.Words, Lang: r.Alignment.Lang, Alignment: r.Alignment, Origin: origin,
			Layout: j.layout(), Title: o.title(j.Audio), Audio: j.audioURL(o),
			Warn: func(text string) { r.Warnings = append(r.Warnings, o.Name+": "+text) },
		}
		var b bytes.Buffer
		if err := subtitles.Write(&b, o.Format, captions); err != nil {
			return fmt.Errorf("%s: %w", o.Name, err)
		}
		o.Data = b.Bytes()
		o.count(&captions)
		if captions.Audio == "" && subtitles.FormatNamed(o.Format).PlaysAudio {
			r.Warnings = append(r.Warnings, o.Name+": plays nothing, since a recording on standard input has no name: give it as a file")
		}
		if lacksChapters(o, r.Alignment) && j.Folder == "" { // in a batch some episodes have headings, others none
			without = append(without, o.Name)
		}
	}
	if len(without) > 0 {
		r.Warnings = append(r.Warnings, j.Transcript+": "+noChapters+strings.Join(without, ", "))
	}
	return nil
}

// count counts what an output holds. One of chapters has so many of them in place of cues, and no rule of captions is for it.
func (o *Output) count(c *subtitles.Captions) {
	o.Cues, o.Sentences = len(c.Cues), c.Sentences(o.Format)
	if subtitles.FormatNamed(o.Format).Chapters {
		o.Cues, o.Findings = len(c.Alignment.Chapters), 0
	}
}

// noChapters is a warning that ends with the names of outputs.
const noChapters = "no heading stands amid what is said: no chapters in "

// lacksChapters reports whether an output of chapters holds none.
func lacksChapters(o *Output, a *align.Alignment) bool {
	return len(a.Chapters) == 0 && subtitles.FormatNamed(o.Format).Chapters
}

func (j *Job) cues(a *align.Alignment, preset subtitles.Preset) []format.Cue {
	return subtitles.Layout(a, preset, j.layout())
}

func (j *Job) layout() subtitles.LayoutOptions {
	return subtitles.LayoutOptions{NoSounds: j.NoSoundCues, KeepUnspoken: j.KeepUnspoken, MarkUnscripted: j.MarkUnscripted}
}

// audioURL returns the URL of the recording for an output, "" for none: it is taken to be beside one that goes to
// standard output or lies on another volume, or whose format asks for that.
func (j *Job) audioURL(o *Output) string {
	if j.Audio != StandardInput && !o.IsStandard() && !subtitles.FormatNamed(o.Format).NamesAudio {
		link, err := page.FileURL(cmp.Or(o.path, filepath.Join(j.Folder, o.Name)), j.Audio)
		if err == nil && strings.HasPrefix(link, "./") {
			return link
		}
	}
	return besideURL(j.Audio)
}

// wantsOrigin reports whether one of the outputs names what it is made from.
func wantsOrigin(outputs []Output) bool {
	return slices.ContainsFunc(outputs, func(o Output) bool { return subtitles.FormatNamed(o.Format).WantsOrigin })
}

// origin returns what the outputs are made from, if one of them names it.
func (j *Job) origin(
	ctx context.Context, outputs []Output, r *Recording, words *document,
) (o subtitles.Origin, err error) {
	if !wantsOrigin(outputs) {
		return o, nil
	}
	o.Version = Version()
	if o.Audio, err = r.fingerprint(ctx); err != nil {
		return o, err
	}
	o.Transcript, err = words.fingerprint(ctx, j.Transcript)
	return o, err
}

// page returns the bytes of the page of the episode, to be written to path.
func (j *Job) page(path string, r *Result) ([]byte, error) {
	preset, err := j.preset()
	if err != nil {
		return nil, err
	}
	preset = preset.For("vtt").ForViewers(r.Alignment.Lang, subtitles.Audience(j.Audience))
	e := page.Alignment{
		Path: path, Audio: j.Audio, Transcript: j.Transcript, Recording: played(j.Audio), Levels: r.levels,
		Alignment: r.Alignment, Cues: j.cues(r.Alignment, preset), Preset: preset.Name,
		KeepUnspoken: j.KeepUnspoken, Confidence: r.Alignment.Confidence(), OfNoUse: r.Problem != "", Doubtful: Doubtful,
	}
	return pageBytes(e.Report())
}

// played returns the file that a page plays: none where the recording came by a pipe.
func played(recording string) string {
	if recording == StandardInput {
		return ""
	}
	return recording
}

func pageBytes(r *page.Report, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = r.Write(&b)
	return b.Bytes(), err
}
