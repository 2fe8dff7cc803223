package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"cuewright/align"
)

func main() {
	c := config{tuning: align.DefaultTuning()}
	fit := flag.String("fit", "", "fit the weights on these episodes, `DIR,DIR...`")
	flag.StringVar(&c.model, "model", "", "align with this model, `FILE`")
	flag.Uint64Var(&c.seed, "seed", 1, "of the damage")
	flag.BoolVar(&c.counts, "counts", false, "count the wrong sentences of each episode")
	flag.BoolVar(&c.pairs, "pairs", false, "count the pairs that are refused")
	flag.BoolVar(&c.boundaries, "boundaries", false, "measure the times of words, or with -fit fit the model of their boundaries")
	flag.Func("set", "set a constant of align.Tuning, `NAME=VALUE`; can be repeated", func(s string) error {
		return set(&c.tuning, s)
	})
	flag.Parse()
	if *fit != "" {
		c.fit = strings.Split(*fit, ",")
	}
	if err := run(context.Background(), c, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(2)
	}
}

// config is what the flags say.
type config struct {
	fit        []string // episodes to fit the weights on; none: they stay
	model      string   // "" for the embedded one
	seed       uint64
	counts     bool
	pairs      bool
	boundaries bool // measure, or fit, the boundaries of words
	tuning     align.Tuning
}

func run(ctx context.Context, c config, dirs []string, w io.Writer) error {
	o := align.DefaultOptions()
	o.Hooks = &align.Hooks{Tuning: &c.tuning}
	if c.model != "" {
		f, err := os.Open(c.model)
		if err != nil {
			return err
		}
		defer f.Close()
		if o.Model, err = align.ReadModel(f); err != nil {
			return fmt.Errorf("%s: %w", c.model, err)
		}
	}
	if c.counts {
		return count(ctx, dirs, o, w)
	}
	if c.pairs {
		return pairs(ctx, dirs, o, w)
	}
	if c.boundaries && len(c.fit) > 0 {
		return fitBoundaries(ctx, c.fit, o, w)
	}
	if c.boundaries {
		return reportBoundaries(ctx, dirs, o, w)
	}
	if len(dirs) < 2 || len(c.fit) == 1 {
		return errors.New("give two episodes or more: some of the damage takes from another one")
	}
	return calibrate(ctx, c, dirs, o, w)
}

// fitRounds is how often each episode is damaged to fit the weights: little of what
// is aligned is wrong.
const fitRounds = 3

// calibrate fits the weights, if that is wanted, and reports the confidence.
func calibrate(ctx context.Context, c config, dirs []string, o align.Options, w io.Writer) error {
	fitted := map[bool][]float64{} // by whether the sentence is spoken
	if len(c.fit) > 0 {
		var trained []observation
		for round := range uint64(fitRounds) {
			more, err := observeAll(ctx, c.fit, o, c.seed+round, w)
			if err != nil {
				return err
			}
			trained = append(trained, more...)
		}
		for _, spoken := range []bool{true, false} {
			weights := regress(trained, spoken)
			if weights == nil {
				continue
			}
			fitted[spoken] = weights
			fmt.Fprintf(w, "weights, spoken %v:%s\n", spoken, named(weights, spoken))
			for i := range trained {
				if trained[i].spoken == spoken {
					trained[i].confidence = align.Logistic(trained[i].evidence, weights)
				}
			}
			report(w, fmt.Sprintf("fitted on, spoken %v", spoken), trained, spoken)
		}
	}
	tested, err := observeAll(ctx, dirs, o, c.seed+1000, w)
	if err != nil {
		return err
	}
	for i, ob := range tested {
		if weights, ok := fitted[ob.spoken]; ok {
			tested[i].confidence = align.Logistic(ob.evidence, weights)
		}
	}
	for _, spoken := range []bool{true, false} {
		report(w, fmt.Sprintf("not fitted on, spoken %v", spoken), tested, spoken)
	}
	return nil
}
