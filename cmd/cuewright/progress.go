package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"cuewright/audio"
)

// progress draws a bar for each stage of a job, one after another, where its
// output is a terminal; elsewhere it does nothing, or tells what watches it.
type progress struct {
	bars *mpb.Progress                    // nil: nothing is drawn
	bar  *mpb.Bar                         // of the stage under way
	tell func(stage string, done float64) // where not nil
}

func newProgress(ctx context.Context, w io.Writer, quiet bool) *progress {
	if quiet || !isTerminal(w) {
		return &progress{}
	}
	return &progress{bars: mpb.NewWithContext(ctx, mpb.WithOutput(w), mpb.WithWidth(64))}
}

// stage ends the bar of the stage before and draws one for the stage of this name.
// The function that it returns takes the share of the stage that is done.
func (p *progress) stage(name string) func(done float64) {
	switch {
	case p.tell != nil:
		return func(done float64) { p.tell(name, done) }
	case p.bars == nil:
		return func(float64) {}
	}
	p.endStage()
	const whole = 1000
	began := time.Now()
	left := func(s decor.Statistics) string {
		if s.Current == 0 {
			return "" // nothing to judge by yet
		}
		took := time.Since(began)
		return fmt.Sprintf("  %v left", (took * time.Duration(s.Total-s.Current) / time.Duration(s.Current)).Round(time.Second))
	}
	bar := p.bars.AddBar(whole, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(name, decor.WC{W: 9, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Percentage(decor.WC{W: 5}), decor.Any(left)))
	p.bar = bar
	return func(done float64) {
		bar.SetCurrent(min(int64(done*whole), whole-1)) // the end is told by endStage alone
	}
}

func (p *progress) endStage() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bar.Wait()
		p.bar = nil
	}
}

// close takes the bars away, whether their stages came to an end or not.
func (p *progress) close() {
	if p.bars != nil {
		p.endStage()
		p.bars.Wait()
	}
}

// reading is the stage of reading r to its end.
func (p *progress) reading(r *audio.Reader) audio.Source {
	return &meter{
		Reader: r,
		report: p.stage("reading"),
		total:  r.Info().Duration.Seconds() * audio.Rate,
	}
}

// meter reports how much of a recording has been read.
type meter struct {
	*audio.Reader // embedded, for Analyze asks it for its length
	report        func(done float64)
	read, total   float64 // in samples
}

func (m *meter) Read(dst []float32) (int, error) {
	n, err := m.Reader.Read(dst)
	m.read += float64(n)
	if m.total > 0 {
		m.report(m.read / m.total)
	}
	return n, err
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
