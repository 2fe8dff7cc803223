//go:build unix

package audio

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is no file, or not yet a whole one, is told within a second.
func TestOpenTraps(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := syscall.Mkfifo(in("fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", in("socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if err := os.Symlink(in("loop"), in("loop")); err != nil {
		t.Fatal(err)
	}
	locked := write(t, in("locked.wav"), wavSpec{data: make([]byte, 100)}.bytes())
	if err := os.Chmod(locked, 0); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, want string }{
		{dir, "is a folder: name a recording in it"},
		{in("fifo"), "a pipe on which nothing is written: start"},
		{in("socket"), "is a device or a socket"},
		{"/dev/zero", "is a device or a socket"},
		{"/dev/null", "is a device or a socket"},
		{in("loop"), "can't be opened: too many levels"},
		{locked, "can't be opened: permission denied"},
		{in("\x00"), "can't be opened"},
		{in(strings.Repeat("a", 300)), "can't be opened: file name too long"},
		{write(t, in("empty.mp3"), nil), "the file is empty"},
		{write(t, in("header.wav"), wavSpec{}.bytes()), "without samples"},
	} {
		if c.name == locked && os.Geteuid() == 0 {
			continue // nothing is locked to root
		}
		start := time.Now()
		_, err := Open(context.Background(), c.name)
		if err == nil || !strings.HasPrefix(err.Error(), c.name+": ") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", c.name, err, c.want)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%q: took %v", c.name, took)
		}
	}
}

// A named pipe is read like any other once somebody writes on it.
func TestOpenNamedPipe(t *testing.T) {
	name := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(name, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			t.Error(err)
			return
		}
		defer f.Close()
		wav := wavSpec{data: int16s(tone(Rate, 440, 0.5))}.bytes()
		for len(wav) > 0 {
			n, err := f.Write(wav[:min(5000, len(wav))])
			if err != nil {
				t.Error(err)
				return
			}
			wav = wav[n:]
			time.Sleep(time.Millisecond)
		}
	}()
	if got, _, err := open(name); err != nil || len(got) != Rate {
		t.Errorf("%d samples, %v", len(got), err)
	}
}

// A file that grows has captions too few, so it is an error.
func TestOpenFileBeingWritten(t *testing.T) {
	dir := t.TempDir()
	size := uint32(0)
	for name, c := range map[string]struct {
		wav     []byte
		atOnce  bool
		growing bool
	}{
		"by ffmpeg":      {wavSpec{data: make([]byte, 8*Rate), dataSize: ptr[uint32](0xFFFFFFFF)}.bytes(), true, true},
		"by a recorder":  {wavSpec{data: make([]byte, 8*Rate), dataSize: &size}.bytes(), true, true},
		"by a copy":      {wavSpec{data: make([]byte, 8*Rate), dataSize: ptr[uint32](1 << 20)}.bytes(), true, true},
		"appended to":    {wavSpec{data: make([]byte, 8*Rate)}.bytes(), false, true},
		"a piped one":    {wavSpec{data: make([]byte, 8*Rate), dataSize: ptr[uint32](0xFFFFFFFF)}.bytes(), false, false},
		"a finished one": {wavSpec{data: make([]byte, 8*Rate)}.bytes(), false, false},
	} {
		file := write(t, filepath.Join(dir, name), c.wav)
		stop, stopped := make(chan struct{}), make(chan struct{})
		grow := func() {
			f, err := os.OpenFile(file, os.O_WRONLY|os.O_APPEND, 0)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			if _, err := f.Write(make([]byte, 100)); err != nil {
				t.Error(err)
			}
		}
		go func() {
			defer close(stopped)
			for c.atOnce {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
					grow()
				}
			}
		}()
		r, err := Open(context.Background(), file)
		close(stop)
		<-stopped
		if (err != nil) != c.atOnce {
			t.Errorf("%s: %v", name, err)
		}
		if err == nil {
			if c.growing {
				grow()
			}
			_, err = Analyze(t.Context(), r)
			r.Close()
		}
		if (err != nil) != c.growing ||
			c.growing && !strings.HasPrefix(err.Error(), file+": it is still being written: try again") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// script is a program that ffmpeg's place is taken by.
func script(t *testing.T, lines string) string {
	name := filepath.Join(t.TempDir(), "ffmpeg")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+lines+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestStuckFFmpeg(t *testing.T) {
	for lines, want := range map[string]string{
		"exec sleep 60":                 "a.mp3: can't be read: ffmpeg is stuck in it: check that it plays",
		"printf RIFF; sleep 60":         "ffmpeg is stuck in it",
		"echo '[error] no' >&2; exit 1": "a.mp3: can't be read: ffmpeg can't decode it (no): check that it plays",
		"exit 3":                        "ffmpeg can't decode it (exit status 3)",
		"kill -9 $$":                    "ffmpeg can't decode it (signal: killed)",
		"yes '[info] x' >&2 & sleep 60": "ffmpeg is stuck in it",
	} {
		d, err := startFFmpeg(context.Background(), script(t, lines), "a.mp3", 0, 200*time.Millisecond)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if _, err := NewReader(d, "a.mp3"); err == nil || !strings.Contains(err.Error(), want) ||
			time.Since(start) > 4*time.Second {
			t.Errorf("%s: %v after %v", lines, err, time.Since(start))
		}
		d.Close()
	}
	if _, err := startFFmpeg(context.Background(), filepath.Join(t.TempDir(), "none"), "a.mp3", 0, time.Second); err == nil ||
		!strings.HasPrefix(err.Error(), "a.mp3: ffmpeg can't be started: ") {
		t.Error(err)
	}
}
