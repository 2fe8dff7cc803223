package batch

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Shard is one of several equal parts of a batch; the zero value is the whole.
type Shard struct {
	index, of int // index from 1 to of
}

// arrays are the environments in which engines number the tasks of an array.
// Kubernetes doesn't tell how many there are.
//   - https://slurm.schedmd.com/job_array.html
//   - https://kubernetes.io/docs/concepts/workloads/controllers/job/#completion-mode
//   - https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html
var arrays = []struct {
	index, count string
	first        int // lowest index
}{
	{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", 1},
	{"JOB_COMPLETION_INDEX", "", 0},
	{"AWS_BATCH_JOB_ARRAY_INDEX", "AWS_BATCH_JOB_ARRAY_SIZE", 0},
}

// ParseShard takes K/N, auto/N and auto, with the latter two from the environment.
func ParseShard(text string, getenv func(string) string) (Shard, error) {
	if text == "" {
		return Shard{}, nil
	}
	k, n, _ := strings.Cut(text, "/")
	if k == "auto" {
		var err error
		if k, n, err = taskOf(n, getenv); err != nil {
			return Shard{}, fmt.Errorf("%s: %w", text, err)
		}
	}
	index, errK := strconv.Atoi(k)
	of, errN := strconv.Atoi(n)
	if errK != nil || errN != nil || index < 1 || index > of {
		return Shard{}, fmt.Errorf("%s: %s of %s is no part: give K/N with K from 1 to N, auto, or auto/N",
			text, k, cmp.Or(n, "nothing"))
	}
	return Shard{index, of}, nil
}

// taskOf returns the number of this task, from 1, and how many there are unless that is
// given.
func taskOf(of string, getenv func(string) string) (k, n string, err error) {
	for _, a := range arrays {
		value := getenv(a.index)
		if value == "" {
			continue
		}
		index, err := strconv.Atoi(value)
		if err != nil {
			return "", "", fmt.Errorf("%s is %q: no number: give K/N", a.index, value)
		}
		first := a.first
		if of == "" {
			if of = getenv(a.count); of == "" {
				return "", "", fmt.Errorf("%s doesn't tell how many tasks there are: give auto/N", a.index)
			}
			// An array of Slurm may begin anywhere: --array=0-3, or 3 alone to run it again.
			if least, err := strconv.Atoi(getenv("SLURM_ARRAY_TASK_MIN")); err == nil && a.first == 1 {
				first = least
			}
		}
		return strconv.Itoa(index - first + 1), of, nil
	}
	return "", "", errors.New("there is no array of Slurm, Kubernetes or AWS Batch around: give K/N")
}

// TableName returns the name of the shard's table, without extension.
func (s Shard) TableName() string {
	if s.of == 0 {
		return "report"
	}
	return fmt.Sprintf("report-%d-of-%d", s.index, s.of)
}

// share returns the episodes of a shard. Each machine comes to the same shares: the longest
// episode goes first to the shard that has least so far.
func (s Shard) share(episodes []Episode) []Episode {
	if s.of == 0 {
		return episodes
	}
	order := longestFirst(episodes)
	shards := min(s.of, len(episodes)) // those behind have nothing to do
	load := make([]time.Duration, shards)
	number := make([]int, shards)
	var mine []int
	for _, i := range order {
		least := 0
		for k := range load {
			// Episodes of no known length are shared out by number.
			if cmp.Or(cmp.Compare(load[k], load[least]), cmp.Compare(number[k], number[least])) < 0 {
				least = k
			}
		}
		load[least] += episodes[i].Length
		number[least]++
		if least == s.index-1 {
			mine = append(mine, i)
		}
	}
	slices.Sort(mine)
	var share []Episode
	for _, i := range mine {
		share = append(share, episodes[i])
	}
	return share
}

// longestFirst returns the order of the episodes by length, so that no long one is left
// for the end, when it would run alone.
func longestFirst(episodes []Episode) []int {
	order := make([]int, len(episodes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(episodes[b].Length, episodes[a].Length) })
	return order
}
