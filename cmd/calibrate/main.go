package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"cuewright/align"
)

func main() {
	c := config{tuning: align.DefaultTuning()}
	flag.StringVar(&c.corpora, "corpora", "", "take the episodes from this manifest, a CSV `FILE`")
	flag.StringVar(&c.root, "root", "", "the `FOLDER` that the manifest's speech is relative to")
	flag.StringVar(&c.models, "models", "", "the `FOLDER` of the manifest's models")
	flag.BoolVar(&c.fit, "fit", false, "fit the weights on the manifest's episodes of that use")
	flag.StringVar(&c.model, "model", "", "align with this model, `FILE`")
	flag.Uint64Var(&c.seed, "seed", 1, "of the damage")
	flag.BoolVar(&c.counts, "counts", false, "count the wrong sentences of each episode")
	flag.BoolVar(&c.pairs, "pairs", false, "count the pairs that are refused")
	flag.BoolVar(&c.boundaries, "boundaries", false, "measure the times of words, or with -fit fit the model of their boundaries")
	flag.Func("set", "set a constant of align.Tuning, `NAME=VALUE`; can be repeated", func(s string) error {
		return set(&c.tuning, s)
	})
	flag.Parse()
	if err := run(context.Background(), c, flag.Args(), os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "calibrate:", err)
		os.Exit(2)
	}
}

// config is what the flags say.
type config struct {
	corpora, root, models string // a manifest and its folders; "" for none
	fit                   bool   // fit the weights; else they stay
	model                 string // "" for the embedded one
	seed                  uint64
	counts                bool
	pairs                 bool
	boundaries            bool // measure, or fit, the boundaries of words
	tuning                align.Tuning
}

func run(ctx context.Context, c config, dirs []string, w io.Writer) error {
	o := align.DefaultOptions()
	o.Hooks = &align.Hooks{Tuning: &c.tuning}
	if c.model != "" {
		var err error
		if o.Model, err = readModel(c.model); err != nil {
			return err
		}
	}
	if c.counts {
		return count(ctx, dirs, o, w)
	}
	if c.pairs {
		return pairs(ctx, dirs, o, w)
	}
	if c.boundaries && c.fit {
		return fitBoundaries(ctx, dirs, o, w)
	}
	if c.boundaries {
		return reportBoundaries(ctx, dirs, o, w)
	}
	parts, err := c.parts(dirs)
	if err != nil {
		return err
	}
	var fitted, judging []part
	for _, p := range parts {
		if p.fitted {
			fitted = append(fitted, p)
		} else {
			judging = append(judging, p)
		}
	}
	if !c.fit {
		fitted, judging = nil, parts
	}
	if len(judging) < 2 || c.fit && len(fitted) < 2 {
		return errors.New("give two episodes or more: some of the damage takes from another one")
	}
	return calibrate(ctx, c, fitted, judging, o, w)
}

// parts returns the episodes of the manifest and the folders, each of which is a corpus.
func (c config) parts(dirs []string) ([]part, error) {
	var all []part
	if c.corpora != "" {
		f, err := os.Open(c.corpora)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if all, err = readCorpora(f, c.root, c.models); err != nil {
			return nil, fmt.Errorf("%s: %w", c.corpora, err)
		}
	}
	for _, dir := range dirs {
		all = append(all, part{corpus: filepath.Base(dir), dirs: []string{dir}})
	}
	return all, nil
}

// fitRounds is how often each episode is damaged to fit the weights: little of what
// is aligned is wrong.
const fitRounds = 1

// calibrate fits the weights on some episodes, if there are any, and reports how the
// confidence agrees with the truth: by the weights of all other corpora for those that are
// fitted on, by those of all for the judging ones.
func calibrate(ctx context.Context, c config, fitted, judging []part, o align.Options, w io.Writer) error {
	o.Force = true // what is refused must have a low confidence, too
	trained, err := observeParts(ctx, fitted, o, c.seed, fitRounds, w)
	if err != nil {
		return err
	}
	judged, err := observeParts(ctx, judging, o, c.seed+1000, 1, w)
	if err != nil {
		return err
	}
	for _, spoken := range []bool{true, false} {
		r := align.Regression{Weights: regress(trained, spoken), Unlikely: 1}
		if r.Weights == nil {
			continue
		}
		others := map[string][]float64{} // the weights of all corpora but that of the name
		for _, corpus := range corporaOf(trained) {
			others[corpus] = regress(only(trained, func(ob *observation) bool { return ob.corpus != corpus }), spoken)
		}
		if spoken {
			r.Unlikely = unlikely(trained, others)
		}
		fmt.Fprintf(w, "weights, spoken %v:%s; unlikely %.2f\n", spoken, named(r.Weights, spoken), r.Unlikely)
		weigh(judged, spoken, r)
		for corpus, weights := range others {
			in := only(trained, func(ob *observation) bool { return ob.corpus == corpus })
			weigh(in, spoken, align.Regression{Weights: weights, Unlikely: r.Unlikely})
		}
	}
	if len(trained) > 0 {
		report(w, "each corpus by the weights of the others", trained)
	}
	report(w, "not fitted on", judged)
	return nil
}

// weigh gives the observations that are spoken, or those that are not, the confidence by a
// regression; one without weights leaves them as they are.
func weigh(all []*observation, spoken bool, r align.Regression) {
	for _, ob := range all {
		if ob.spoken == spoken && r.Weights != nil {
			ob.confidence = ob.evidence.ConfidenceBy(r)
		}
	}
}

// only returns those for which is holds.
func only(all []*observation, is func(*observation) bool) []*observation {
	return slices.DeleteFunc(slices.Clone(all), func(ob *observation) bool { return !is(ob) })
}

// corporaOf returns the names of the corpora, each once, in order.
func corporaOf(all []*observation) []string {
	var names []string
	for _, ob := range all {
		if !slices.Contains(names, ob.corpus) {
			names = append(names, ob.corpus)
		}
	}
	return names
}
