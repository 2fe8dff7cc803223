// Command cuewright times a transcript against its recording and writes captions.
//
// The commands here are thin. Each turns its flags into a plain struct, calls a package
// below, and turns what comes back into text and an exit code:
//
//   - align, check, convert, segments and transcript work on one episode, package episode;
//   - batch, batch report and train work on an archive, package batch;
//   - the pages that --html writes are of package page.
//
// Start at main.go for exit codes, at app.go for the list of the commands, and at the
// file of a command's name. This package alone knows the command line, signals, terminals
// and exit codes. Packages episode and batch below it read and write files and start
// processes; what becomes of a recording and its transcript in between is computed by
// align and subtitles, which are functions of their input. TestLayering holds the
// packages to who may import whom, and keeps libraries of command lines and terminals out
// of those below.
//
// Flags take times with units (2.5s) or in seconds, shares from 0 to 1, memory in MB.
package main
