package batch

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"io"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/episode"
)

// serve hands a task to Serve, whose standard input stays open until rest ends, and
// returns what the child said.
func serve(
	t *testing.T, memory uint64, rest io.Reader, work func(context.Context, episode.Job, episode.Hooks) (*Made, error),
) ([]message, error) {
	t.Helper()
	var in, out bytes.Buffer
	if err := gob.NewEncoder(&in).Encode(task{episode.Job{Audio: "a.wav"}, memory}); err != nil {
		t.Fatal(err)
	}
	served := Serve(io.MultiReader(&in, rest), &out, work)
	var said []message
	for decoder := gob.NewDecoder(&out); ; {
		var m message
		if err := decoder.Decode(&m); err != nil {
			return said, served
		}
		said = append(said, m)
	}
}

// open returns the reading end of a pipe that nobody closes before the test ends.
func open(t *testing.T) io.Reader {
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return r
}

func TestServe(t *testing.T) {
	said, err := serve(t, 0, open(t), func(_ context.Context, j episode.Job, h episode.Hooks) (*Made, error) {
		h.Progress("reading", 0.25)
		h.Progress("reading", 0.5) // too soon to be told
		return &Made{Warnings: []string{j.Audio}}, nil
	})
	if err != nil || len(said) != 2 || said[0].Share != 0.25 || said[1].Made == nil || said[1].Made.Warnings[0] != "a.wav" {
		t.Errorf("it says %+v: %v", said, err)
	}
	said, err = serve(t, 0, open(t), func(context.Context, episode.Job, episode.Hooks) (*Made, error) {
		return nil, errors.New("bad")
	})
	if err != nil || len(said) != 1 || said[0].Err != "bad" {
		t.Errorf("it says %+v: %v", said, err)
	}
}

// TestTaskHoldsFiles: a child has what preset and lexicon held when the batch began, whatever happens to the
// files since.
func TestTaskHoldsFiles(t *testing.T) {
	var in bytes.Buffer
	sent := task{Job: episode.Job{Options: episode.Options{PresetText: "{}", LexiconText: "Bee = pea"}}}
	if err := gob.NewEncoder(&in).Encode(sent); err != nil {
		t.Fatal(err)
	}
	var got task
	if err := gob.NewDecoder(&in).Decode(&got); err != nil || got.Job.PresetText != "{}" || got.Job.LexiconText != "Bee = pea" {
		t.Errorf("a child gets %+v: %v", got.Job.Options, err)
	}
}

// TestServeEnds: the end of the batch and too much memory end a child amid its work.
func TestServeEnds(t *testing.T) {
	stuck := make(chan struct{})
	t.Cleanup(func() { close(stuck) })
	work := func(context.Context, episode.Job, episode.Hooks) (*Made, error) {
		<-stuck
		return &Made{}, nil
	}
	if said, err := serve(t, 0, strings.NewReader(""), work); !errors.Is(err, ErrAbandoned) || len(said) != 0 {
		t.Errorf("it says %+v: %v", said, err)
	}
	said, err := serve(t, 1, open(t), work)
	if err == nil || len(said) != 1 || said[0].Err != err.Error() || !strings.HasPrefix(said[0].Err, "a.wav: takes more than 0 MB of memory: ") {
		t.Errorf("it says %+v: %v", said, err)
	}
	if err := Serve(strings.NewReader("no task"), io.Discard, work); err == nil || !strings.HasPrefix(err.Error(), ChildCommand+": is run by batch alone") {
		t.Errorf("a user gets %v", err)
	}
}

func TestParseFormats(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"vtt,srt", "vtt srt"},
		{" .VTT , textgrid", "vtt TextGrid"},
		{"alignment.json", "alignment.json"},
		{"vtt,srt,.vtt", "error: vtt,srt,.vtt: names vtt twice: name each once"},
		{"vtt,doc", "error: .doc: unknown caption format: "},
		{"", "error: .: unknown caption format: "},
	} {
		names, err := ParseFormats(c.in)
		got := strings.Join(names, " ")
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want && !(err != nil && strings.HasPrefix(got, c.want)) {
			t.Errorf("%q: got %s, want %s", c.in, got, c.want)
		}
	}
}
