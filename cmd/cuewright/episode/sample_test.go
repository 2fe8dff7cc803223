package episode

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cuewright/cmd/cuewright/internal/sample"
)

const (
	// startTolerance is how far the start of a sentence may lie from the truth, in seconds.
	startTolerance = 0.25
	// minWithin is the least number of its 20 spoken sentences within the tolerance.
	minWithin = 20
)

// TestSample captions the sample episode and holds it to the truth that was made
// with it, see testdata/README.md.
func TestSample(t *testing.T) {
	t.Parallel()
	var truth struct {
		Turns     []struct{ Speaker, Text string }
		Sentences []struct {
			Turn  int
			Text  string
			Start *float64 // nil: not said
		}
	}
	data, err := os.ReadFile(sample.File("truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &truth); err != nil {
		t.Fatal(err)
	}
	vtt := filepath.Join(t.TempDir(), "sample.vtt")
	j := Job{
		Audio: sample.File("audio.wav"), Transcript: sample.File("page.txt"),
		Outputs: []string{vtt}, Options: DefaultOptions(),
	}
	r, err := Run(context.Background(), j, Hooks{})
	if err != nil {
		t.Fatal(err)
	}

	// The alignment, sentence by sentence.
	if len(r.Alignment.Turns) != len(truth.Turns) {
		t.Fatalf("%d turns, want %d", len(r.Alignment.Turns), len(truth.Turns))
	}
	var spoken strings.Builder
	within, n := 0, 0
	for i, turn := range r.Alignment.Turns {
		if turn.Speaker != truth.Turns[i].Speaker {
			t.Errorf("turn %d is by %s, want %s", i, turn.Speaker, truth.Turns[i].Speaker)
		}
		for _, s := range turn.Sentences {
			if n == len(truth.Sentences) || truth.Sentences[n].Turn != i {
				t.Fatalf("turn %d has other sentences than the truth", i)
			}
			want := truth.Sentences[n]
			n++
			switch {
			case s.Spoken != (want.Start != nil):
				t.Errorf("%s: spoken is %v", want.Text, s.Spoken)
			case s.Spoken && math.Abs(s.Start.Seconds()-*want.Start) <= startTolerance:
				within++
			case s.Spoken:
				t.Logf("%s: starts at %.2f s, want %.2f", want.Text, s.Start.Seconds(), *want.Start)
			}
			for _, w := range s.Words {
				if w.Spoken {
					fmt.Fprint(&spoken, w.Text, " ")
				}
			}
		}
	}
	if n != len(truth.Sentences) {
		t.Errorf("%d sentences, want %d", n, len(truth.Sentences))
	}
	if within < minWithin {
		t.Errorf("%d sentences start within %v s of the truth, want %d", within, startTolerance, minWithin)
	}

	// The captions hold the words that are spoken, and no others.
	_, cues, _, err := readCaptions(vtt, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(cues) != r.Outputs[0].Cues {
		t.Errorf("%d cues were read of %d", len(cues), r.Outputs[0].Cues)
	}
	var shown strings.Builder
	for _, c := range cues {
		for _, l := range c.Lines {
			if !l.Sound {
				fmt.Fprint(&shown, l.Text(), " ")
			}
		}
	}
	if shown.String() != spoken.String() {
		t.Errorf("captions read\n%s\nwant\n%s", shown.String(), spoken.String())
	}
}
