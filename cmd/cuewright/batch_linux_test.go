package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"cuewright/cmd/cuewright/batch"
)

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
	table, err := batch.ReadTable(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if done, open := table.Count(batch.StatusDone), table.Count(batch.StatusOpen); done < 1 || open < 1 || done+open != 8 {
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
	if left, _ := filepath.Glob(filepath.Join(out, ".cuewright", "*-*")); len(left) != 0 {
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
