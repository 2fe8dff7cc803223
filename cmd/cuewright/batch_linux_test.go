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
	"time"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/internal/sample"
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

// TestInterrupted: Ctrl-C and SIGTERM end a batch, its episodes under way and all that
// these have started.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	archive, out := t.TempDir(), t.TempDir()
	makeArchive(t, archive, 8)
	p := startBatch(t, archive, "--out", out, "--jobs", "1", "--json")
	p.until(t, "end")
	p.interrupt(t, os.Interrupt)
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
	p.interrupt(t, syscall.SIGTERM)
	if left, _ := filepath.Glob(filepath.Join(out, ".cuewright", "*-*")); len(left) != 0 {
		t.Errorf("there are %q", left)
	}
}

// TestInterruptedFFmpeg: nor does an ffmpeg hold a batch that hangs, or that is a script
// which has started one and heeds no signal.
func TestInterruptedFFmpeg(t *testing.T) {
	archive, bin := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{
		filepath.Join(archive, "a.flac"): "fLaC" + strings.Repeat("\x00", 5000),
		filepath.Join(archive, "a.txt"):  sample.ShortText,
		filepath.Join(bin, "ffmpeg"):     "#!/bin/sh\ntrap '' INT TERM\n(sleep 60 & wait) &\necho >hangs\nwait\n",
	} {
		if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+string(filepath.ListSeparator)+os.Getenv("PATH"))
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		t.Chdir(t.TempDir())
		p := startBatch(t, archive, "--out", "out")
		for _, err := os.Stat("hangs"); err != nil; _, err = os.Stat("hangs") {
			time.Sleep(time.Millisecond)
		}
		p.interrupt(t, signal)
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
