// Package episode does the work of a command on one episode: it reads the files, calls
// the aligner, lays captions out and writes them, whole or not at all.
//
//   - Run captions a recording from its transcript; Render does so and writes nothing.
//   - Check holds captions to a recording, a transcript or a reference.
//   - Convert turns captions into another format.
//
// Each takes a plain struct of names and options and returns what became of it. What
// the work needs of the program around it, standard input and a callback for progress,
// is passed in as Hooks: the package knows no command line, no terminal and no exit code.
//
// It is also the one place that decides which reader a file gets, see document.go.
//
// Times are time.Duration from the start of the recording, shares and confidences lie
// in [0, 1]. Errors name the file, say what is wrong and what to do about it.
package episode
