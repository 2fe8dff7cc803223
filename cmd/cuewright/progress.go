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
)

// progress draws a bar for each stage of the work on an episode, one after another,
// where its output is a terminal; elsewhere it does nothing.
type progress struct {
	bars  *mpb.Progress // nil: nothing is drawn
	bar   *mpb.Bar      // of the stage under way
	stage string
}

func newProgress(ctx context.Context, w io.Writer, quiet bool) *progress {
	if quiet || !isTerminal(w) {
		return &progress{}
	}
	return &progress{bars: mpb.NewWithContext(ctx, mpb.WithOutput(w), mpb.WithWidth(64))}
}

// barLength is the length of a bar in steps.
const barLength = 1000

// report moves the bar of a stage to the share that is done. At the first report of a
// stage, the bar of the stage before makes room.
func (p *progress) report(stage string, share float64) {
	if p.bars == nil {
		return
	}
	if p.bar == nil || p.stage != stage {
		p.endStage()
		p.bar, p.stage = p.newBar(stage), stage
	}
	p.bar.SetCurrent(min(int64(share*barLength), barLength-1)) // endStage alone ends it
}

func (p *progress) newBar(stage string) *mpb.Bar {
	began := time.Now()
	left := func(s decor.Statistics) string {
		if s.Current == 0 {
			return "" // nothing to judge by yet
		}
		took := time.Since(began)
		return fmt.Sprintf("  %v left", (took * time.Duration(s.Total-s.Current) / time.Duration(s.Current)).Round(time.Second))
	}
	return p.bars.AddBar(barLength, mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.Name(stage, decor.WC{W: 9, C: decor.DindentRight})),
		mpb.AppendDecorators(decor.Percentage(decor.WC{W: 5}), decor.Any(left)))
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

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
