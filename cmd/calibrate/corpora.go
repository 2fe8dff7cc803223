package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"cuewright/align"
)

// part is a row of a manifest of corpora: an episode of one of them.
type part struct {
	corpus string
	fitted bool     // the weights are fitted on it; else it judges them
	model  string   // the file of the model that its voices taught nothing, "" for the embedded one
	dirs   []string // one episode with its truth, or folders of clips to be joined to one
}

// name returns the last part of the first folder.
func (s part) name() string { return filepath.Base(s.dirs[0]) }

// readCorpora reads a manifest, a CSV file whose first line names its columns: corpus, use
// (fit or judge), model (a file in the folder models, with .model added) and speech (folders
// below root, with blanks between them).
func readCorpora(r io.Reader, root, models string) ([]part, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	header := []string{"corpus", "use", "model", "speech"}
	if len(rows) == 0 || !slices.Equal(rows[0], header) {
		return nil, fmt.Errorf("the columns have to be %s", strings.Join(header, ","))
	}
	var all []part
	for i, row := range rows[1:] {
		s := part{corpus: row[0], fitted: row[1] == "fit"}
		if !s.fitted && row[1] != "judge" {
			return nil, fmt.Errorf("row %d: the use is fit or judge, not %q", i+2, row[1])
		}
		if row[2] != "" {
			s.model = filepath.Join(models, row[2]+".model")
		}
		for _, dir := range strings.Fields(row[3]) {
			s.dirs = append(s.dirs, filepath.Join(root, dir))
		}
		if len(s.dirs) == 0 {
			return nil, fmt.Errorf("row %d: no speech", i+2)
		}
		all = append(all, s)
	}
	return all, nil
}

// readModels reads the model of each part by its file.
func readModels(parts []part) (map[string]*align.Model, error) {
	all := map[string]*align.Model{}
	for _, s := range parts {
		if s.model == "" || all[s.model] != nil {
			continue
		}
		m, err := readModel(s.model)
		if err != nil {
			return nil, err
		}
		all[s.model] = m
	}
	return all, nil
}

func readModel(file string) (*align.Model, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, err := align.ReadModel(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// load loads the episode of a part; number is its place, for the random numbers of a join.
func (s part) load(number uint64) (*episode, error) {
	_, err := os.Stat(filepath.Join(s.dirs[0], "truth.json"))
	switch {
	case err == nil && len(s.dirs) > 1:
		return nil, fmt.Errorf("%s: an episode with a truth stands alone", s.dirs[0])
	case err == nil:
		return load(s.dirs[0])
	case !errors.Is(err, os.ErrNotExist):
		return nil, err
	}
	return join(s.dirs, number)
}
