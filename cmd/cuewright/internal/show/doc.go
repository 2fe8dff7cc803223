// Package show writes what comes from files for people to read and to copy.
//
//   - Printable and Excerpt make names and words of strangers harmless in a terminal.
//   - Count writes a number with its noun, and ShellWord a file's name as a shell takes it.
package show
