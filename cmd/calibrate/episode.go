package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"cuewright/align/transcript"
	"cuewright/audio"
	"cuewright/subtitles/format"
)

// sentence is one of an episode's, with the sample at which it starts and ends;
// -1 where nobody says it, and doubtful where that is not certain.
type sentence struct {
	words      []transcript.Word
	start, end int
	doubtful   bool
	moved      bool // said elsewhere: at its place nobody says it
	id         int  // the same in all copies of its episode, and of no other sentence
}

// episode is a recording with its truth.
type episode struct {
	samples   []float32 // mono at audio.Rate
	sentences []sentence
	words     []word             // with their times; none where the truth has none
	page      *transcript.Script // nil where there is none
	lang      string             // that it is read in, "" for its own
}

// word is a word of the truth.
type word struct {
	audio.Segment
	text string
}

// script returns the page, the sentences where there is none.
func (e *episode) script() *transcript.Script {
	if e.page != nil {
		return e.page
	}
	return script(e.sentences)
}

// script returns the sentences as a turn of nobody.
func script(sentences []sentence) *transcript.Script {
	turn := transcript.Turn{}
	for _, s := range sentences {
		turn.Sentences = append(turn.Sentences, transcript.Sentence{Words: s.words})
	}
	return &transcript.Script{Turns: []transcript.Turn{turn}}
}

// openRecording opens the first file of a name and any extension that is a recording:
// captions of that name may lie beside it.
func openRecording(name string) (*audio.Reader, error) {
	names, err := filepath.Glob(name + ".*")
	if err != nil || len(names) == 0 {
		return nil, fmt.Errorf("no %s.* there", name)
	}
	var all []error
	for _, name := range names {
		r, err := audio.Open(context.Background(), name)
		if err == nil {
			return r, nil
		}
		all = append(all, err)
	}
	return nil, errors.Join(all...)
}

// readPage reads the page of an episode; it is nil where there is no such file.
func readPage(name string) (*transcript.Script, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	text, err := format.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s, err := transcript.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// load reads the episode in a folder.
func load(dir string) (*episode, error) {
	e, err := loadText(dir)
	if err != nil {
		return nil, err
	}
	r, err := openRecording(filepath.Join(dir, "audio"))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	if e.samples, err = readSamples(r); err != nil {
		return nil, err
	}
	return e, nil
}

// loadText reads the episode in a folder, but not its recording.
func loadText(dir string) (*episode, error) {
	data, err := os.ReadFile(filepath.Join(dir, "truth.json"))
	if err != nil {
		return nil, err
	}
	var truth struct {
		Sentences []struct {
			Start, End *float64
			Text       string
		}
		Words []struct {
			Start, End float64
			Text       string
		}
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	e := &episode{}
	if e.page, err = readPage(filepath.Join(dir, "transcript.txt")); err != nil {
		return nil, err
	}
	seconds := func(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }
	for _, w := range truth.Words {
		e.words = append(e.words, word{audio.Segment{Start: seconds(w.Start), End: seconds(w.End)}, w.Text})
	}
	for _, s := range truth.Sentences {
		out := sentence{start: -1, end: -1}
		if s.Start != nil && s.End != nil {
			out.start, out.end = int(*s.Start*audio.Rate), int(*s.End*audio.Rate)
		}
		if out.words, err = readWords(s.Text); err != nil {
			return nil, fmt.Errorf("%s: %w", dir, err)
		}
		e.sentences = append(e.sentences, out)
	}
	return e, nil
}

// readSamples reads all samples of a recording.
func readSamples(r *audio.Reader) ([]float32, error) {
	var all []float32
	block := make([]float32, 1<<16)
	for {
		n, err := r.Read(block)
		all = append(all, block[:n]...)
		if err == io.EOF {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// readWords returns the words of a text, as the words of a page.
func readWords(text string) ([]transcript.Word, error) {
	script, err := transcript.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("%q: %w", text, err)
	}
	var words []transcript.Word
	for _, t := range script.Turns {
		for _, s := range t.Sentences {
			words = append(words, s.Words...)
		}
	}
	return words, nil
}
