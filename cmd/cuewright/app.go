package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/pprof"

	"github.com/urfave/cli/v2"

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
			bounded(alignCommand()),
			bounded(convertCommand()),
			bounded(checkCommand()),
			batchCommand(),
			childCommand(),
			bounded(trainCommand()),
			bounded(segmentsCommand()),
			bounded(transcriptCommand()),
			bounded(presetsCommand()),
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
		}
	}
	app.Setup()
	return app
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
