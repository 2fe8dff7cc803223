package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"cuewright/cmd/cuewright/internal/sample"
	"cuewright/testdata/race"
)

var update = flag.Bool("update", false, "rewrite the expected output in testdata")

func TestMain(m *testing.M) {
	// The race detector holds each program for a second at its end, and here are many.
	if os.Getenv("GORACE") == "" {
		os.Setenv("GORACE", "atexit_sleep_ms=0")
	}
	testscript.Main(m, map[string]func(){"cuewright": testMain})
}

// TestScripts runs the command line as a user does. $SAMPLE is the folder of the
// sample episode, and $FORMATS the names of all formats; the scripts find short.wav and
// short.txt, the first 6 s of the sample.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", filepath.Dir(sample.File("page.txt")))
			e.Setenv("FORMATS", strings.TrimPrefix(strings.ReplaceAll(extensions(), " .", ","), "."))
			e.Setenv("TERM", "xterm")
			e.Setenv("GORACE", os.Getenv("GORACE"))
			return sample.MakeShort(e.WorkDir)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":     cmdExits,
			"interrupt": cmdSignal(os.Interrupt),
			"terminate": cmdSignal(syscall.SIGTERM),
			"silence":   cmdSilence,
			"truncate":  cmdTruncate,
			"repeat":    cmdRepeat,
			"within":    cmdWithin,
			"mode":      cmdMode,
		},
		Condition: func(cond string) (bool, error) {
			switch cond {
			case "root":
				return os.Geteuid() == 0, nil
			case "race":
				return race.Enabled, nil
			}
			return false, fmt.Errorf("unknown condition %s", cond)
		},
	})
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

// cmdSignal returns "interrupt COMMAND ARGS..." or "terminate ...": COMMAND gets the signal
// amid its work and must end with 130.
func cmdSignal(s os.Signal) func(*testscript.TestScript, bool, []string) {
	return func(ts *testscript.TestScript, neg bool, args []string) { interrupt(ts, s, args) }
}

func interrupt(ts *testscript.TestScript, s os.Signal, args []string) {
	program := ""
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if name, err := exec.LookPath(filepath.Join(dir, args[0])); err == nil && program == "" {
			program = name
		}
	}
	// A signal that comes before the program listens kills it; then it gets more time.
	for wait := 200 * time.Millisecond; wait < 10*time.Second; wait *= 2 {
		cmd := exec.Command(program, args[1:]...)
		cmd.Dir = ts.Getenv("WORK")
		cmd.Env = append(os.Environ(), "PATH="+ts.Getenv("PATH"))
		var stderr strings.Builder
		cmd.Stderr = &stderr
		ts.Check(cmd.Start())
		time.Sleep(wait)
		ts.Check(cmd.Process.Signal(s))
		began := time.Now()
		cmd.Wait()
		if code := cmd.ProcessState.ExitCode(); code >= 0 {
			if took := time.Since(began); code != exitStopped || took > 2*stopGrace {
				ts.Fatalf("exit code %d after %v, want %d: %s", code, took, exitStopped, stderr.String())
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
	ts.Check(os.WriteFile(name, sample.Header(size), 0o666))
	ts.Check(os.Truncate(name, int64(sample.HeaderSize+size)))
}

// cmdTruncate is "truncate FILE BYTES".
func cmdTruncate(ts *testscript.TestScript, neg bool, args []string) {
	size, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}

// cmdRepeat is "repeat N HEAD UNIT TAIL FILE": a file with so many units between its head and its
// tail, in which \n stands for the end of a line.
func cmdRepeat(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: repeat N HEAD UNIT TAIL FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	text := strings.NewReplacer(`\n`, "\n")
	data := text.Replace(args[1]) + strings.Repeat(text.Replace(args[2]), n) + text.Replace(args[3])
	ts.Check(os.WriteFile(ts.MkAbs(args[4]), []byte(data), 0o666))
}

// cmdWithin is "within TIME COMMAND ARGS...": COMMAND must do its work in that time.
func cmdWithin(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: within TIME COMMAND ARGS...")
	}
	limit, err := time.ParseDuration(args[0])
	ts.Check(err)
	began := time.Now()
	ts.Check(ts.Exec(args[1], args[2:]...))
	if took := time.Since(began); took > limit {
		ts.Fatalf("it took %v, want at most %v", took, limit)
	}
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
