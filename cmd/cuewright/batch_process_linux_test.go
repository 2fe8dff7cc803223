package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
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

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/internal/sample"
)

// makeArchive fills dir with n good episodes, copies of the sample's first seconds, in
// two folders, and bad ones of the names given.
func makeArchive(t *testing.T, dir string, n int, bad ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(dir, "deep"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := sample.MakeShort(dir); err != nil {
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

// interrupt sends the process a signal, by which it has to end as a stopped one.
func (p *process) interrupt(t *testing.T, s os.Signal) {
	t.Helper()
	if err := p.Process.Signal(s); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	code, took := p.end(t), time.Since(began)
	if code != exitStopped || took > 2*stopGrace || !strings.Contains(p.stderr.String(), "the same command goes on from here") {
		t.Errorf("%v: exit code %d after %v: %s", s, code, took, p.stderr.String())
	}
}

// inSession lists the processes of a session, but for those that have ended.
func inSession(session int) (pids []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, name := range stats {
		data, _ := os.ReadFile(name)
		_, rest, _ := strings.Cut(string(data), ") ")
		if f := strings.Fields(rest); len(f) > 3 && f[3] == strconv.Itoa(session) && f[0] != "Z" && f[0] != "X" {
			if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(name))); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// tree is the files below dir, without the times that their making took, and without those
// of what they were made from.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	times := regexp.MustCompile(`"took": [0-9.]+|"modified": "[^"]*"`)
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // another batch is at work here
		}
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		text := string(data)
		switch filepath.Ext(name) {
		case ".json":
			text = times.ReplaceAllString(text, "")
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
		case ".sum": // of tables, which hold the times
			text = ""
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

// failures returns the episodes that have failed by a folder's table.
func failures(t *testing.T, dir string) (names []string) {
	t.Helper()
	table, err := batch.ReadTable(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range table.Episodes {
		if r.Status == batch.StatusFailed {
			names = append(names, r.Episode)
		}
	}
	return names
}
