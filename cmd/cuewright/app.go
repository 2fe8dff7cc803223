package main

import (
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"
)

// newApp is the command line: its commands, their flags and their help.
func newApp(stdin io.Reader, stdout, stderr io.Writer) *cli.App {
	var cpuProfile io.Closer
	app := &cli.App{
		Name:    "cuewright",
		Usage:   "time a transcript against its recording and write captions",
		Version: fmt.Sprintf("%s (%s %s/%s)", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH),
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
			{Name: childCommand, Hidden: true, Action: childAction},
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
		}
	}
	app.Setup()
	return app
}

// badValue is what package flag says of a value that it can't read.
var badValue = regexp.MustCompile(`^invalid value "(.*)" for flag -([\w-]+): `)

// usageError says where the right usage stands; cli would print the whole help.
func usageError(c *cli.Context, err error, isSubcommand bool) error {
	if m := badValue.FindStringSubmatch(err.Error()); m != nil {
		return fmt.Errorf("--%s %q: not a number: see %s --help", m[2], m[1], c.Command.HelpName)
	}
	return fmt.Errorf("%w: see %s --help", err, c.Command.HelpName)
}

// arrange puts the flags before the arguments, and "--" between them. cli stops
// looking for flags at the first argument and would take those after it for
// arguments without a word. It also finds unknown commands and flags, and
// names the nearest known ones.
func arrange(app *cli.App, args []string) ([]string, error) {
	var (
		command  *cli.Command
		flags    = append(slices.Clone(app.Flags), cli.HelpFlag, cli.VersionFlag)
		front    = args[:min(1, len(args)):min(1, len(args))]
		operands []string
	)
	for rest := args[len(front):]; len(rest) > 0; {
		arg := rest[0]
		rest = rest[1:]
		switch {
		case arg == "--":
			operands = append(operands, rest...)
			rest = nil
		case strings.HasPrefix(arg, "-") && arg != "-":
			name, _, hasValue := strings.Cut(strings.TrimLeft(arg, "-"), "=")
			flag := flagNamed(flags, name)
			if flag == nil {
				return nil, fmt.Errorf("unknown flag %s: %s", arg, didYouMean(nearFlag(flags, name)))
			}
			front = append(front, arg)
			if takesValue(flag) && !hasValue {
				if len(rest) == 0 {
					return nil, fmt.Errorf("%s needs a value: see --help", arg)
				}
				front = append(front, rest[0])
				rest = rest[1:]
			}
		case command == nil:
			command = app.Command(arg)
			if command == nil {
				_, near, _ := strings.Cut(cli.SuggestCommand(app.Commands, arg), "\"")
				near, _, _ = strings.Cut(near, "\"")
				if near != "" {
					near = strconv.Quote(near)
				}
				return nil, fmt.Errorf("unknown command %q: %s", arg, didYouMean(near))
			}
			flags = append(slices.Clone(command.Flags), cli.HelpFlag)
			front = append(front, arg)
		case len(operands) == 0 && subcommand(command, arg) != nil:
			command = subcommand(command, arg)
			flags = append(slices.Clone(command.Flags), cli.HelpFlag)
			front = append(front, arg)
		default:
			operands = append(operands, arg)
		}
	}
	if command != nil && len(operands) > 0 {
		front = append(front, "--")
	}
	return append(front, operands...), nil
}

func subcommand(c *cli.Command, name string) *cli.Command {
	i := slices.IndexFunc(c.Subcommands, func(s *cli.Command) bool { return s.HasName(name) })
	if i < 0 {
		return nil
	}
	return c.Subcommands[i]
}

// nearFlag is the flag whose name is nearest; "" where that has a letter alone,
// which is near to all that is short.
func nearFlag(flags []cli.Flag, name string) string {
	near := cli.SuggestFlag(visible(flags), name, true)
	if len(strings.TrimLeft(near, "-")) < 2 {
		return ""
	}
	return near
}

// didYouMean asks for the nearest name; "" where none is near.
func didYouMean(near string) string {
	if near == "" {
		return "see cuewright --help"
	}
	return "did you mean " + near + "?"
}

func flagNamed(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func visible(flags []cli.Flag) []cli.Flag {
	return slices.DeleteFunc(slices.Clone(flags), func(f cli.Flag) bool {
		v, ok := f.(cli.VisibleFlag)
		return ok && !v.IsVisible()
	})
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// version is what the Go command stamped: the module's version or the commit.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
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
