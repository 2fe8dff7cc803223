package batch

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseShard(t *testing.T) {
	for _, c := range []struct{ text, env, want string }{
		{"", "", "report"},
		{"1/1", "", "report-1-of-1"},
		{"3/4", "SLURM_ARRAY_TASK_ID=1", "report-3-of-4"},
		{"auto", "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1", "report-2-of-4"},
		{"auto", "SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0", "report-1-of-4"},
		{"auto", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=1 SLURM_ARRAY_TASK_MIN=3", "report-1-of-1"},
		{"auto/4", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=1 SLURM_ARRAY_TASK_MIN=3", "report-3-of-4"},
		{"auto/8", "JOB_COMPLETION_INDEX=0", "report-1-of-8"},
		{"auto", "AWS_BATCH_JOB_ARRAY_INDEX=9 AWS_BATCH_JOB_ARRAY_SIZE=10", "report-10-of-10"},
		{"auto", "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=3", "error"},
		{"auto", "JOB_COMPLETION_INDEX=0", "error"},
		{"auto", "SLURM_ARRAY_TASK_ID=x SLURM_ARRAY_TASK_COUNT=2", "error"},
		{"auto", "", "error"},
		{"0/4", "", "error"},
		{"5/4", "", "error"},
		{"2", "", "error"},
		{"a/b", "", "error"},
		{"1/2/3", "", "error"},
	} {
		env := map[string]string{}
		for _, pair := range strings.Fields(c.env) {
			name, value, _ := strings.Cut(pair, "=")
			env[name] = value
		}
		s, err := ParseShard(c.text, func(name string) string { return env[name] })
		got := s.TableName()
		if err != nil {
			got = "error"
		}
		if got != c.want {
			t.Errorf("%s %s: got %s (%v), want %s", c.text, c.env, got, err, c.want)
		}
	}
}

// TestShare: shards are the whole, each episode once, and none is longer than another by
// more than the longest episode.
func TestShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lengths := rapid.SliceOf(rapid.IntRange(0, 5000)).Draw(t, "lengths")
		of := rapid.IntRange(1, 12).Draw(t, "shards")
		var episodes []Episode
		var longest time.Duration
		for i, n := range lengths {
			episodes = append(episodes, Episode{Name: string(rune('a' + i)), Length: time.Duration(n)})
			longest = max(longest, time.Duration(n))
		}
		seen := map[string]int{}
		var loads []time.Duration
		for k := 1; k <= of; k++ {
			var load time.Duration
			share := Shard{k, of}.share(episodes)
			for i, e := range share {
				seen[e.Name]++
				load += e.Length
				if i > 0 && share[i-1].Name >= e.Name {
					t.Fatalf("shard %d is out of order", k)
				}
			}
			loads = append(loads, load)
		}
		for _, e := range episodes {
			if seen[e.Name] != 1 {
				t.Fatalf("%s is in %d shards", e.Name, seen[e.Name])
			}
		}
		if slices.Max(loads)-slices.Min(loads) > longest {
			t.Fatalf("loads of %v, with none longer than %v", loads, longest)
		}
	})
}
