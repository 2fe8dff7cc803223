package main

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

const sampleDir = "../../testdata/sample"

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func TestMain(m *testing.M) {
	// The race detector holds each program for a second at its end, and here are many.
	if os.Getenv("GORACE") == "" {
		os.Setenv("GORACE", "atexit_sleep_ms=0")
	}
	testscript.Main(m, map[string]func(){"cuewright": testMain})
}

// TestScripts runs the command line as a user does. $SAMPLE is the folder of the
// sample episode; beside it the scripts find short.wav and short.txt, its first 6 s.
func TestScripts(t *testing.T) {
	sample, err := filepath.Abs(sampleDir)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", sample)
			e.Setenv("TERM", "xterm")
			e.Setenv("GORACE", os.Getenv("GORACE"))
			return makeShort(e.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     cmdExits,
			"interrupt": cmdInterrupt,
			"silence":   cmdSilence,
			"truncate":  cmdTruncate,
			"mode":      cmdMode,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("unknown condition %s", cond)
		},
	})
}

const (
	shortText   = "Caller 1: Is that the council? The town clock has stopped again, and I can hear it humming.\n"
	shortLength = 6 * time.Second
	wavHeader   = 44 // bytes before the samples of a plain WAV file
)

// makeShort puts the first seconds of the sample episode and their transcript into dir.
func makeShort(dir string) error {
	wav, err := os.ReadFile(filepath.Join(sampleDir, "audio.wav"))
	if err != nil {
		return err
	}
	samples := wav[wavHeader:][:int(shortLength.Seconds())*2*16000]
	if err := os.WriteFile(filepath.Join(dir, "short.wav"), append(header(len(samples)), samples...), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "short.txt"), []byte(shortText), 0o666)
}

// header is that of a WAV file with so many bytes of samples, 16 kHz, mono, 16 bit.
func header(size int) []byte {
	b := append([]byte("RIFF"), make([]byte, wavHeader-4)...)
	le := binary.LittleEndian
	le.PutUint32(b[4:], uint32(wavHeader-8+size))
	copy(b[8:], "WAVEfmt ")
	le.PutUint32(b[16:], 16)
	le.PutUint16(b[20:], 1)
	le.PutUint16(b[22:], 1)
	le.PutUint32(b[24:], 16000)
	le.PutUint32(b[28:], 32000)
	le.PutUint16(b[32:], 2)
	le.PutUint16(b[34:], 16)
	copy(b[36:], "data")
	le.PutUint32(b[40:], uint32(size))
	return b
}

// cmdExits is "exits CODE COMMAND ARGS...": COMMAND must end with CODE.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGS...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		exit, ok := errors.AsType[*exec.ExitError](err)
		if !ok {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// cmdInterrupt is "interrupt COMMAND ARGS...": COMMAND gets Ctrl-C amid its work and
// must end with 130.
func cmdInterrupt(ts *testscript.TestScript, neg bool, args []string) {
	program, err := exec.LookPath(filepath.Join(strings.Split(ts.Getenv("PATH"), string(os.PathListSeparator))[0], args[0]))
	ts.Check(err)
	// A signal that comes before the program listens kills it; then it gets more time.
	for wait := 200 * time.Millisecond; wait < 10*time.Second; wait *= 2 {
		cmd := exec.Command(program, args[1:]...)
		cmd.Dir = ts.Getenv("WORK")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		ts.Check(cmd.Start())
		time.Sleep(wait)
		ts.Check(cmd.Process.Signal(os.Interrupt))
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code >= 0 {
			if code != exitStopped {
				ts.Fatalf("exit code %d, want %d: %s", code, exitStopped, stderr.String())
			}
			return
		}
	}
	ts.Fatalf("the signal always came too early")
}

// cmdSilence is "silence FILE HOURS": a sparse WAV file that takes long to read.
func cmdSilence(ts *testscript.TestScript, neg bool, args []string) {
	hours, err := strconv.Atoi(args[1])
	ts.Check(err)
	size := hours * 3600 * 32000
	name := ts.MkAbs(args[0])
	ts.Check(os.WriteFile(name, header(size), 0o666))
	ts.Check(os.Truncate(name, int64(wavHeader+size)))
}

// cmdTruncate is "truncate FILE BYTES".
func cmdTruncate(ts *testscript.TestScript, neg bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// cmdMode is "mode PERM FILE": FILE must have these permissions.
func cmdMode(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.ParseUint(args[0], 8, 32)
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := info.Mode().Perm(); got != os.FileMode(want) {
		ts.Fatalf("%s has mode %o, want %o", args[1], got, want)
	}
}

// countdown is a context that ends when it has been asked so many times.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
	done chan struct{}
}

func newCountdown(asks int) *countdown {
	return &countdown{Context: context.Background(), left: asks, done: make(chan struct{})}
}

func (c *countdown) ask() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left == 0 {
		close(c.done)
	}
}

func (c *countdown) Done() <-chan struct{} {
	c.ask()
	return c.done
}

func (c *countdown) Err() error {
	c.ask()
	select {
	case <-c.done:
		return context.Canceled
	default:
		return nil
	}
}

// TestStopped stops the command at ever later points of its work: each time it
// says so and leaves no file, until it isn't stopped any more.
func TestStopped(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := makeShort(dir); err != nil {
		t.Fatal(err)
	}
	args := []string{"cuewright", "align", filepath.Join(dir, "short.wav"), filepath.Join(dir, "short.txt")}
	stops := 0
	for asks := 1; ; asks += 1 + asks/2 {
		var stderr strings.Builder
		code := run(newCountdown(asks), args, strings.NewReader(""), io.Discard, &stderr)
		files, err := filepath.Glob(filepath.Join(dir, "*"))
		if err != nil {
			t.Fatal(err)
		}
		if code == exitDone {
			if len(files) != 4 {
				t.Errorf("done, and there are %q", files)
			}
			break
		}
		stops++
		if code != exitStopped || len(files) != 2 || !strings.Contains(stderr.String(), "stopped") {
			t.Fatalf("stopped at %d: exit code %d, %s, files %q", asks, code, stderr.String(), files)
		}
	}
	if stops < 3 {
		t.Errorf("the work could be stopped at %d points only", stops)
	}
}
