package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"
	"time"

	"github.com/urfave/cli/v2"

	"cuewright/cmd/cuewright/batch"
	"cuewright/cmd/cuewright/episode"
)

// newApp returns the command line: its commands, their flags and their help.
func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	var cpuProfile io.Closer
	app := &cli.App{
		Name:    "cuewright",
		Usage:   "time a transcript against its recording and write captions",
		Version: fmt.Sprintf("%s (%s %s/%s)", episode.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH),
		Reader:  stdin, Writer: stdout, ErrWriter: stderr,

		// A file's name may hold a comma.
		DisableSliceFlagSeparator: true,
		// Exit codes are decided in run alone.
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageError,

		Flags: []cli.Flag{
			&cli.StringFlag{Name: "cpuprofile", Hidden: true, Usage: "write a CPU profile to `FILE`"},
			&cli.StringFlag{Name: "memprofile", Hidden: true, Usage: "write a heap profile to `FILE`"},
		},
		Before: func(c *cli.Context) (err error) {
			cpuProfile, err = startCPUProfile(c.String("cpuprofile"))
			return err
		},
		After: func(c *cli.Context) error {
			if cpuProfile != nil {
				pprof.StopCPUProfile()
				cpuProfile.Close()
			}
			return writeHeapProfile(c.String("memprofile"))
		},
		Action: func(c *cli.Context) error {
			c.App.Writer = stderr
			if err := cli.ShowAppHelp(c); err != nil {
				return err
			}
			return fmt.Errorf("no command given: name one, such as align")
		},
		Commands: []*cli.Command{
			alignCommand(),
			convertCommand(),
			checkCommand(),
			batchCommand(),
			childCommand(),
			trainCommand(),
			segmentsCommand(),
			transcriptCommand(),
			{
				Name:   "version",
				Usage:  "print the version",
				Action: func(c *cli.Context) error { cli.ShowVersion(c); return nil },
			},
		},
	}
	for _, command := range app.Commands {
		for _, c := range append(command.Subcommands, command) {
			c.OnUsageError = usageError
			c.HideHelpCommand = true // else an argument named help would ask for it
			if c.Name == "batch" || c.Name == batch.ChildCommand {
				continue // which end by themselves
			}
			action := c.Action
			c.Action = func(c *cli.Context) error {
				return withinGrace(c.Context, func() error { return action(c) })
			}
		}
	}
	app.Setup()
	return app
}

// stopGrace is how long work has to end by itself once its context has.
const stopGrace = time.Second

// withinGrace returns what work does, or the error of ctx stopGrace after that has ended:
// what waits for input, as on a pipe on which nothing is written, or computes without
// asking whether it still should, is left to end with the process.
func withinGrace(ctx context.Context, work func() error) error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return err
	case <-time.After(stopGrace):
		return ctx.Err()
	}
}

// badValue matches the error of package flag about a value that it can't read.
var badValue = regexp.MustCompile(`^invalid value "(.*)" for flag -([\w-]+): `)

// usageError returns an error that names the help to read; cli would print all of it.
func usageError(c *cli.Context, err error, isSubcommand bool) error {
	if m := badValue.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("--%s %q: not a number: see %s --help", m[2], m[1], c.Command.HelpName)
	}
	return fmt.Errorf("%w: see %s --help", err, c.Command.HelpName)
}

// startCPUProfile starts a profile into the named file, which the caller closes
// after pprof.StopCPUProfile; it does nothing for "".
func startCPUProfile(name string) (io.Closer, error) {
	if name == "" {
		return nil, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return f, pprof.StartCPUProfile(f)
}

func writeHeapProfile(name string) error {
	if name == "" {
		return nil
	}
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return pprof.Lookup("allocs").WriteTo(f, 0)
}
