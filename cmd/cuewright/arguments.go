package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

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
	if command != nil && command.HasName("help") && len(operands) > 0 {
		// For a command that has commands of its own, cli would show neither its flags nor their help.
		return arrange(app, slices.Concat(args[:1], operands, []string{"--help"}))
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

// nearFlag returns the flag whose name is nearest; "" where that or the name itself is a
// single letter, which is near to everything short.
func nearFlag(flags []cli.Flag, name string) string {
	if utf8.RuneCountInString(name) < 2 {
		return ""
	}
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
