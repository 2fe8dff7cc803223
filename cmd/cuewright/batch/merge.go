package batch

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"cuewright/cmd/cuewright/episode"
)

var (
	tableName = regexp.MustCompile(`(?i)^report(-\d+-of-\d+)?\.(csv|json|html)$`)
	shardName = regexp.MustCompile(`^report-\d+-of-\d+\.json$`)
)

// isTable reports whether an output would have the name of a table.
func isTable(name string) bool { return tableName.MatchString(name) }

// MergeTables reads the tables of each folder: those of its shards where there are
// any, else that of the whole. It also names the shards that have none.
func MergeTables(dirs []string) (merged *Table, missing []string, err error) {
	merged = &Table{Schema: tableSchema, Program: episode.Version()}
	shards, seen := 0, map[int]string{}
	for _, dir := range dirs {
		names, err := tablesIn(dir)
		if err != nil {
			return nil, nil, err
		}
		for _, name := range names {
			t, err := ReadTable(name)
			if err != nil {
				return nil, nil, err
			}
			if t.Shards > 0 {
				if shards > 0 && t.Shards != shards {
					return nil, nil, fmt.Errorf("%s: is of %d shards, and another table of %d: remove the tables that don't count any more",
						name, t.Shards, shards)
				}
				if other := seen[t.Shard]; other != "" {
					return nil, nil, fmt.Errorf("%s: is of the same shard as %s: remove the one that doesn't count any more", name, other)
				}
				shards, seen[t.Shard] = t.Shards, name
			}
			merged.Episodes = append(merged.Episodes, t.Episodes...)
		}
	}
	for k := 1; k <= shards; k++ {
		if seen[k] == "" {
			missing = append(missing, fmt.Sprintf("%d/%d", k, shards))
		}
	}
	sortRows(merged.Episodes)
	return merged, missing, nil
}

// tablesIn returns the names of the tables of the shards in dir, or else of the whole.
func tablesIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: can't be read (%w): give the output folder of a batch", dir, episode.Underlying(err))
	}
	var names []string
	for _, entry := range entries {
		if shardName.MatchString(entry.Name()) {
			names = append(names, filepath.Join(dir, entry.Name()))
		}
	}
	if len(names) == 0 {
		names = []string{filepath.Join(dir, "report.json")}
	}
	return names, nil
}

// ReadTable reads the JSON of a table.
func ReadTable(name string) (*Table, error) {
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no table: give the output folder of a batch", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: can't be read: %w", name, episode.Underlying(err))
	}
	t := &Table{}
	if err := json.Unmarshal(data, t); err != nil || t.Schema != tableSchema {
		return nil, fmt.Errorf("%s: is no table of cuewright batch: remove it, or give another folder", name)
	}
	for _, r := range t.Episodes {
		if r.Status == StatusDone && r.Figures == nil {
			return nil, fmt.Errorf("%s: %s is done without figures: run the batch again", name, r.Episode)
		}
	}
	return t, nil
}
