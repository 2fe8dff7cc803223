package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// makeArchive fills dir with n good episodes, copies of the sample's first seconds, in
// two folders, and bad ones of the names given.
func makeArchive(t *testing.T, dir string, n int, bad ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "deep"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := makeShort(dir); err != nil {
		t.Fatal(err)
	}
	wav, text := filepath.Join(dir, "short.wav"), filepath.Join(dir, "short.txt")
	link := func(from, to string) {
		t.Helper()
		if err := os.Link(from, filepath.Join(dir, to)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		stem := fmt.Sprintf("%s/episode %d", []string{".", "deep"}[i%2], i)
		link(wav, stem+".wav")
		link(text, stem+".txt")
	}
	for _, name := range bad {
		link(text, name+".txt")
		switch name {
		case "gone":
			if err := os.Symlink("nowhere", filepath.Join(dir, "gone.wav")); err != nil {
				t.Fatal(err)
			}
		case "noise":
			link(text, "noise.wav")
		case "unsaid":
			link(wav, "unsaid.wav")
			if err := os.Remove(filepath.Join(dir, "unsaid.txt")); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "unsaid.txt"), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		default:
			link(wav, name+".wav")
		}
	}
	if err := errors.Join(os.Remove(wav), os.Remove(text)); err != nil {
		t.Fatal(err)
	}
}

// process is a running batch, in a session of its own.
type process struct {
	*exec.Cmd
	stdout *bufio.Scanner
	stderr bytes.Buffer
}

func startBatch(t *testing.T, args ...string) *process {
	t.Helper()
	program, err := exec.LookPath("cuewright")
	if err != nil {
		t.Fatal(err)
	}
	p := &process{Cmd: exec.Command(program, append([]string{"batch"}, args...)...)}
	p.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	p.Stderr = &p.stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = bufio.NewScanner(out)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// until reads events up to the first of that kind.
func (p *process) until(t *testing.T, kind string) {
	t.Helper()
	for p.stdout.Scan() {
		var e event
		if err := json.Unmarshal(p.stdout.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		if e.Event == kind {
			return
		}
	}
	t.Fatalf("there is no event %q: %s", kind, p.stderr.String())
}

// end waits for the process and all that it started, and returns its exit code.
func (p *process) end(t *testing.T) int {
	t.Helper()
	for p.stdout.Scan() {
	}
	p.Wait()
	for wait := time.Millisecond; ; wait *= 2 {
		left := inSession(p.Process.Pid)
		if len(left) == 0 {
			return p.ProcessState.ExitCode()
		}
		if wait > 8*time.Second {
			t.Fatalf("processes live on: %v", left)
		}
		time.Sleep(wait)
	}
}

// inSession lists the processes of a session, but for those that have ended.
func inSession(session int) (pids []string) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		data, _ := os.ReadFile(name)
		_, rest, _ := strings.Cut(string(data), ") ")
		if f := strings.Fields(rest); len(f) > 3 && f[3] == strconv.Itoa(session) && f[0] != "Z" && f[0] != "X" {
			pids = append(pids, filepath.Base(filepath.Dir(name)))
		}
	}
	return pids
}

// tree is the files below dir, without the times that their making took.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	took := regexp.MustCompile(`"took": [0-9.]+`)
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		text := string(data)
		switch filepath.Ext(name) {
		case ".json":
			text = took.ReplaceAllString(text, "")
		case ".csv":
			rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
			if err != nil {
				return err
			}
			column := slices.Index(rows[0], "took")
			for _, row := range rows {
				row[column] = ""
			}
			text = fmt.Sprintf("%q", rows)
		}
		files[strings.TrimPrefix(name, dir)] = text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// same says that two output folders hold the same.
func same(t *testing.T, got, want string) {
	t.Helper()
	a, b := tree(t, got), tree(t, want)
	for name, text := range a {
		if other, ok := b[name]; !ok {
			t.Errorf("%s was left behind", name)
		} else if text != other {
			t.Errorf("%s differs:\n%s\nwant\n%s", name, text, other)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			t.Errorf("%s is missing", name)
		}
	}
}

// failures are the episodes that a folder's table tells to have failed.
func failures(t *testing.T, dir string) (names []string) {
	t.Helper()
	table, err := readTable(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Episodes {
		if r.Status == statusFailed {
			names = append(names, r.Episode)
		}
	}
	return names
}

// TestKilled kills a batch at random moments. No process outlives it, no file is ever
// half there, and the end is that of a batch that was left alone. CUEWRIGHT_ARCHIVE
// names a folder of episodes to do so with on a large scale, see make killed.
func TestKilled(t *testing.T) {
	archive := t.TempDir()
	sources := []string{archive}
	good, kills := 12, 4
	bad := []string{"gone", "killed", "noise", "panics", "unsaid"} // see makeArchive and testMain
	if large := os.Getenv("CUEWRIGHT_ARCHIVE"); large != "" {
		good, kills = 0, 10
		bad[1] = "hangs" // which takes its time
		slices.Sort(bad)
		sources = append(sources, large)
	} else {
		t.Parallel()
	}
	makeArchive(t, archive, good, bad...)
	args := func(out string) []string {
		return append(slices.Clone(sources), "--out", out, "--jobs", "2", "--timeout", "0.1", "--format", "vtt,srt,alignment.json")
	}
	quiet, disturbed := t.TempDir(), t.TempDir()
	began := time.Now()
	p := startBatch(t, args(quiet)...)
	if code := p.end(t); code != exitFailed {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	took := time.Since(began)
	if got := failures(t, quiet); !slices.Equal(got, bad) {
		t.Fatalf("%q failed, want %q", got, bad)
	}
	want := tree(t, quiet)
	t.Logf("a quiet run takes %v and makes %d files", took.Round(time.Millisecond), len(want))

	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewSource(seed))
	killed := 0
	for range kills {
		p := startBatch(t, args(disturbed)...)
		// Together the runs come about to the end.
		time.Sleep(time.Duration(random.Int63n(int64(2 * took / time.Duration(kills)))))
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if code := p.end(t); code == -1 {
			killed++
		}
		done := 0
		for name, text := range tree(t, disturbed) {
			caption := strings.HasSuffix(name, ".vtt") || strings.HasSuffix(name, ".srt") || strings.HasSuffix(name, ".alignment.json")
			if caption && text != want[name] {
				t.Errorf("%s is half there:\n%s", name, text)
			}
			if caption {
				done++
			}
		}
		t.Logf("killed with %d caption files there", done)
	}
	if killed == 0 {
		t.Error("no run was killed before its end")
	}
	p = startBatch(t, args(disturbed)...)
	if code := p.end(t); code != exitFailed {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	same(t, disturbed, quiet)
}

// TestTogether runs three batches on one folder at once: nothing is done twice. Then two
// of other options: whoever comes last, what the sidecars say is true.
func TestTogether(t *testing.T) {
	t.Parallel()
	const episodes = 6
	archive, alone, shared := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "made", "by", "all")
	makeArchive(t, archive, episodes)
	startBatch(t, archive, "--out", alone, "-q").end(t)
	both := []*process{startBatch(t, archive, "--out", shared), startBatch(t, archive, "--out", shared), startBatch(t, archive, "--out", shared)}
	made := 0
	for _, p := range both {
		if code := p.end(t); code != exitDone {
			t.Fatalf("exit code %d: %s", code, p.stderr.String())
		}
		n := regexp.MustCompile(`(?m)^(\d+) episodes? captioned`).FindStringSubmatch(p.stderr.String())
		if n == nil {
			t.Fatal(p.stderr.String())
		}
		i, _ := strconv.Atoi(n[1])
		made += i
	}
	if made != episodes {
		t.Errorf("%d episodes were captioned, want %d", made, episodes)
	}
	same(t, shared, alone)

	both = []*process{startBatch(t, archive, "--out", shared, "-p", "bbc"), startBatch(t, archive, "--out", shared, "-p", "podcast")}
	for _, p := range both {
		if code := p.end(t); code != exitDone {
			t.Fatalf("exit code %d: %s", code, p.stderr.String())
		}
	}
	p := startBatch(t, archive, "--out", shared)
	if code := p.end(t); code != exitDone {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	same(t, shared, alone)
}

// TestInterrupted: the first Ctrl-C lets running episodes finish, the second ends them.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	archive, out := t.TempDir(), t.TempDir()
	makeArchive(t, archive, 8)
	p := startBatch(t, archive, "--out", out, "--jobs", "1", "--json")
	p.until(t, "start")
	if err := p.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if code := p.end(t); code != exitStopped || !strings.Contains(p.stderr.String(), "the same command goes on from here") {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	table, err := readTable(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if done, open := table.count(statusDone), table.count(statusOpen); done < 1 || open < 1 || done+open != 8 {
		t.Errorf("%d episodes are done and %d open", done, open)
	}

	makeArchive(t, archive, 0, "hangs")
	p = startBatch(t, archive, "--out", out, "--json", "--jobs", "9")
	p.until(t, "progress")
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	p.until(t, "note")
	if len(inSession(p.Process.Pid)) < 2 {
		t.Error("the running episode was ended at once")
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := p.end(t); code != exitStopped {
		t.Fatalf("exit code %d: %s", code, p.stderr.String())
	}
	if left, _ := filepath.Glob(filepath.Join(out, privateFolder, "*")); len(left) != 1 {
		t.Errorf("there are %q", left)
	}
}

// TestLostFolder: when the output folder goes away, the batch stops with one error.
func TestLostFolder(t *testing.T) {
	t.Parallel()
	archive, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	makeArchive(t, archive, 12)
	p := startBatch(t, archive, "--out", out, "--jobs", "1", "--json")
	p.until(t, "end")
	if err := os.Rename(out, out+" of yesterday"); err != nil {
		t.Fatal(err)
	}
	code := p.end(t)
	if stderr := p.stderr.String(); code != exitError || strings.Count(stderr, "\n") != 1 ||
		!strings.Contains(stderr, out+": can't be written any more (no such file or directory): put that right") {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Error("it has been made again")
	}
}

// TestFullDisk: when the disk is full, the batch stops with one error, and goes on once
// there is room.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	archive, out, roomy := t.TempDir(), t.TempDir(), t.TempDir()
	makeArchive(t, archive, 12)
	if err := syscall.Mount("tmpfs", out, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk can't be mounted: %v", err)
	}
	defer syscall.Unmount(out, 0)
	p := startBatch(t, archive, "--out", out)
	code := p.end(t)
	stderr := p.stderr.String()
	if code != exitError || strings.Contains(stderr, "failed") || strings.Count(stderr, "cuewright:") != 1 ||
		!strings.Contains(stderr, "cuewright: "+out+": can't be written any more (no space left on device): ") {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	if done := strings.Count(stderr, "confidence"); done < 1 || done > 11 {
		t.Errorf("%d episodes were done before", done)
	}
	if err := syscall.Mount("tmpfs", out, "tmpfs", syscall.MS_REMOUNT, "size=1m"); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{out, roomy} {
		p = startBatch(t, archive, "--out", dir)
		if code := p.end(t); code != exitDone {
			t.Fatalf("exit code %d: %s", code, p.stderr.String())
		}
	}
	same(t, out, roomy)
}
