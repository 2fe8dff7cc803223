package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/term"

	"cuewright/audio"
	"cuewright/subtitles"
)

// standardInput is the name by which a recording is read from a pipe.
const standardInput = "-"

// recording is a recording that is read once.
type recording struct {
	*audio.Reader
	name string
	pipe io.Reader // standard input; nil for a file
	sum  hash.Hash // of what was read of pipe
}

// openRecording opens the named recording, or WAV on standard input.
func openRecording(name string) (*recording, error) {
	if name != standardInput {
		r, err := audio.Open(name)
		return &recording{Reader: r, name: name}, err
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		return nil, errors.New("-: standard input is a terminal: pipe a WAV recording into it")
	}
	sum := sha256.New()
	pipe := io.TeeReader(os.Stdin, sum)
	r, err := audio.NewReader(pipe, "standard input")
	return &recording{Reader: r, name: name, pipe: pipe, sum: sum}, err
}

// fingerprint is the name and the hash of the recording once it was read.
func (r *recording) fingerprint() (subtitles.Input, error) {
	if r.pipe == nil {
		return fingerprint(r.name)
	}
	if _, err := io.Copy(io.Discard, r.pipe); err != nil { // chunks after the samples
		return subtitles.Input{}, fmt.Errorf("standard input: can't be read to its end: %w", underlying(err))
	}
	return subtitles.Input{Name: r.name, SHA256: hex.EncodeToString(r.sum.Sum(nil))}, nil
}

// fingerprint reads the named file for its hash.
func fingerprint(name string) (subtitles.Input, error) {
	f, err := os.Open(name)
	if err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, underlying(err))
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return subtitles.Input{}, fmt.Errorf("%s: can't be read again: %w", name, underlying(err))
	}
	return subtitles.Input{Name: filepath.Base(name), SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// checkTwice refuses a named pipe that would have to be read a second time.
func checkTwice(name string) error {
	if info, err := os.Stat(name); err == nil && info.Mode()&fs.ModeNamedPipe != 0 {
		return fmt.Errorf("%s: a pipe can't be read twice, as .alignment.json wants it: give - and let it be standard input", name)
	}
	return nil
}
