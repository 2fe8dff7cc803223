package main

import (
	"errors"
	"io/fs"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"cuewright/cmd/cuewright/internal/sample"
)

// TestKilled disturbs two batches on one folder at random moments: they and their children
// are killed or stopped, inputs change, and files get the times of a clock that was set. No
// process outlives its batch, no file is ever half there, and the end is that of a batch
// that was left alone. CUEWRIGHT_EPISODES says how many episodes, see make killed.
func TestKilled(t *testing.T) {
	episodes, disturbances := 8, 10
	if n, err := strconv.Atoi(os.Getenv("CUEWRIGHT_EPISODES")); err == nil {
		episodes, disturbances = n, n/2
	} else {
		t.Parallel()
	}
	bad := []string{"gone", "killed", "noise", "panics", "unsaid"} // see makeArchive and testMain
	a := &archive{dir: t.TempDir()}
	makeArchive(t, a.dir, 0, bad...)
	a.fill(t, episodes)
	args := func(out string) []string {
		return []string{a.dir, "--out", out, "--jobs", "2", "--format", "vtt,srt,alignment.json"}
	}
	quietly := func(out string) {
		t.Helper()
		p := startBatch(t, args(out)...)
		if code := p.end(t); code != exitFailed {
			t.Fatalf("exit code %d: %s", code, p.stderr.String())
		}
		if got := failures(t, out); !slices.Equal(got, bad) {
			t.Fatalf("%q failed, want %q", got, bad)
		}
	}
	first, quiet, disturbed := t.TempDir(), t.TempDir(), t.TempDir()
	began := time.Now()
	a.change(t, len(a.changing))
	quietly(quiet)
	took := time.Since(began)
	a.restore(t)
	quietly(first)

	seed := time.Now().UnixNano()
	t.Logf("a quiet run takes %v; seed %d", took.Round(time.Millisecond), seed)
	d := &disturber{
		Rand: rand.New(rand.NewSource(seed)), archive: a, out: disturbed, counts: map[string]int{},
		may: []map[string]string{tree(t, first), tree(t, quiet)},
	}
	for i := range d.runs {
		d.runs[i] = startBatch(t, args(disturbed)...)
	}
	for kind := range disturbances {
		// Together they come about to the end, since two share the work.
		time.Sleep(time.Duration(d.Int63n(int64(2 * took / time.Duration(disturbances)))))
		a.change(t, 1+len(a.changing)/disturbances)
		d.setClock()
		i := d.Intn(len(d.runs))
		if d.disturb(t, d.runs[i], kind%8) {
			d.runs[i] = startBatch(t, args(disturbed)...)
		}
	}
	for _, p := range d.runs {
		p.end(t)
	}
	d.complete(t)
	t.Logf("disturbances: %v", d.counts)
	if d.counts["batch killed"]+d.counts["episode killed"] == 0 {
		t.Error("nothing was killed before its end")
	}
	a.change(t, len(a.changing))
	quietly(disturbed)
	same(t, disturbed, quiet)
}

// archive is a folder of episodes, some of which change.
type archive struct {
	dir      string
	changing []string // files that are still to be changed
	changed  []string
	versions map[string][2][]byte // of those that change
}

// fill adds n episodes, no two of them alike: the first seconds of the sample after more
// or less of silence, by callers of other numbers. Of every fifth the transcript changes,
// of every tenth the recording.
func (a *archive) fill(t *testing.T, n int) {
	t.Helper()
	if err := sample.MakeShort(a.dir); err != nil {
		t.Fatal(err)
	}
	wav, err := os.ReadFile(filepath.Join(a.dir, "short.wav"))
	if err != nil {
		t.Fatal(err)
	}
	a.versions = map[string][2][]byte{}
	after := func(ms int) []byte {
		samples := append(make([]byte, ms*32), wav[sample.HeaderSize:]...)
		return append(sample.Header(len(samples)), samples...)
	}
	text := func(caller int) []byte {
		return []byte(strings.Replace(sample.ShortText, "Caller 1", "Caller "+strconv.Itoa(caller), 1))
	}
	for i := range n {
		stem := filepath.Join(a.dir, []string{".", "deep"}[i%2], "episode "+strconv.Itoa(i))
		versions := map[string][2][]byte{stem + ".wav": {after(i % 100), after(100 + i%100)}, stem + ".txt": {text(i), text(n + i)}}
		for name, v := range versions {
			a.write(t, name, v[0], 0)
		}
		if i%5 == 0 {
			a.changing = append(a.changing, stem+".txt")
			a.versions[stem+".txt"] = versions[stem+".txt"]
		}
		if i%10 == 1 {
			a.changing = append(a.changing, stem+".wav")
			a.versions[stem+".wav"] = versions[stem+".wav"]
		}
	}
	if err := errors.Join(os.Remove(filepath.Join(a.dir, "short.wav")), os.Remove(filepath.Join(a.dir, "short.txt"))); err != nil {
		t.Fatal(err)
	}
}

// write puts a version of a file in its place, in place as an editor may do it.
func (a *archive) write(t *testing.T, name string, data []byte, version int64) {
	t.Helper()
	made := time.Unix(1.7e9+version, 0)
	if err := errors.Join(os.WriteFile(name, data, 0o666), os.Chtimes(name, made, made)); err != nil {
		t.Fatal(err)
	}
}

// change puts the second version of up to n more files into their places.
func (a *archive) change(t *testing.T, n int) {
	t.Helper()
	for range min(n, len(a.changing)) {
		name := a.changing[0]
		a.write(t, name, a.versions[name][1], 1)
		a.changing, a.changed = a.changing[1:], append(a.changed, name)
	}
}

// restore puts the first version of all files back.
func (a *archive) restore(t *testing.T) {
	t.Helper()
	for _, name := range a.changed {
		a.write(t, name, a.versions[name][0], 0)
	}
	a.changing, a.changed = a.changed, nil
}

// disturber disturbs two batches that caption an archive into one folder.
type disturber struct {
	*rand.Rand
	archive *archive
	out     string
	runs    [2]*process
	may     []map[string]string // what captions may hold
	counts  map[string]int
}

// disturb does something to a batch, of eight kinds, and reports whether that has ended.
func (d *disturber) disturb(t *testing.T, p *process, kind int) (ended bool) {
	t.Helper()
	pids := inSession(p.Process.Pid)
	children := slices.DeleteFunc(slices.Clone(pids), func(pid int) bool { return pid == p.Process.Pid })
	switch {
	case len(pids) == 0:
		d.counts["ended by itself"]++
		p.end(t)
		return true
	case kind < 3:
		_ = p.Process.Kill() // it may have ended
		if p.end(t) == -1 {
			d.counts["batch killed"]++
		}
		d.complete(t)
		return true
	case kind == 3:
		_ = p.Process.Signal(syscall.SIGTERM)
		if p.end(t) == exitStopped {
			d.counts["batch stopped"]++
		}
		return true
	case len(children) == 0:
	case kind == 4:
		child := children[d.Intn(len(children))]
		if syscall.Kill(child, syscall.SIGSTOP) == nil {
			time.Sleep(time.Duration(d.Intn(100)) * time.Millisecond)
			_ = syscall.Kill(child, syscall.SIGCONT)
			d.counts["episode held"]++
		}
	default:
		if syscall.Kill(children[d.Intn(len(children))], syscall.SIGKILL) == nil {
			d.counts["episode killed"]++
		}
	}
	return false
}

// setClock gives some files the times that they have where a clock is set ahead, and back
// again.
func (d *disturber) setClock() {
	const share = 20 // one in so many files
	for _, dir := range []string{d.archive.dir, d.out} {
		_ = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && d.Intn(share) == 0 {
				set := time.Unix(d.Int63n(4e9), 0)
				if os.Chtimes(name, set, set) == nil { // it may have gone
					d.counts["times set"]++
				}
			}
			return nil
		})
	}
}

// complete says that captions are whole.
func (d *disturber) complete(t *testing.T) {
	t.Helper()
	for name, text := range tree(t, d.out) {
		caption := strings.HasSuffix(name, ".vtt") || strings.HasSuffix(name, ".srt") || strings.HasSuffix(name, ".alignment.json")
		if caption && !slices.ContainsFunc(d.may, func(m map[string]string) bool { return m[name] == text }) {
			t.Errorf("%s is half there:\n%s", name, text)
		}
	}
}
