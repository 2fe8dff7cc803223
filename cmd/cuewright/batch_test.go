package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// testMain is main, but that recordings of some names are the end of the process that
// captions them.
func testMain() {
	if len(os.Args) < 2 || os.Args[1] != childCommand {
		main()
		return
	}
	err := serveTask(os.Stdin, os.Stdout, func(j job, tell func(string, float64)) (*captioned, error) {
		switch strings.TrimSuffix(filepath.Base(j.Audio), ".wav") {
		case "panics":
			panic("as it was asked to")
		case "hogs":
			var hoard [][]byte
			for {
				hoard = append(hoard, make([]byte, 1<<20))
				for i := range hoard[len(hoard)-1] {
					hoard[len(hoard)-1][i] = 1
				}
			}
		case "hangs":
			tell("reading", 0.5)
			time.Sleep(time.Hour)
		case "killed":
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		}
		return captionEpisode(j, tell)
	})
	if err != nil {
		os.Stderr.WriteString(err.Error())
		os.Exit(exitError)
	}
}
