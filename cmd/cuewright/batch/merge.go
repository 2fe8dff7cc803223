package batch

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"

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
	sortRows(merged.Episodes)
	return merged, missingShards(seen, shards), nil
}

// missingShards names the shards from 1 to shards that are not in seen, those in a row
// by the first and the last one: a table may speak of any number.
func missingShards(seen map[int]string, shards int) (missing []string) {
	next := 1
	for _, k := range append(slices.Sorted(maps.Keys(seen)), shards+1) {
		switch {
		case k-next == 1:
			missing = append(missing, fmt.Sprintf("%d/%d", next, shards))
		case k-next > 1:
			missing = append(missing, fmt.Sprintf("%d/%d to %d/%d", next, shards, k-1, shards))
		}
		next = k + 1
	}
	return missing
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
	data, err := readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no table: give the output folder of a batch", name)
	}
	if err != nil && !errors.Is(err, errNoFile) {
		return nil, fmt.Errorf("%s: can't be read: %w", name, episode.Underlying(err))
	}
	t := &Table{}
	if err := cmp.Or(err, json.Unmarshal(data, t)); err != nil || t.Schema != tableSchema {
		return nil, fmt.Errorf("%s: is no table of cuewright batch: remove it, or give another folder", name)
	}
	if t.Shards < 0 || t.Shard < min(1, t.Shards) || t.Shard > t.Shards {
		return nil, fmt.Errorf("%s: says that it is of shard %d of %d: remove it, and run the batch again", name, t.Shard, t.Shards)
	}
	for _, r := range t.Episodes {
		if r.Status == StatusDone && r.Figures == nil {
			return nil, fmt.Errorf("%s: %s is done without figures: run the batch again", name, r.Episode)
		}
	}
	return t, nil
}
