package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"cuewright/align/transcript"
	"cuewright/subtitles"
	"cuewright/subtitles/format"
)

// readTranscript reads the transcript in the named file: captions of any format, or
// a page of text. Its errors begin with the name.
func readTranscript(name string) (*transcript.Script, error) {
	cause := func(err error) error {
		if e, ok := errors.AsType[*fs.PathError](err); ok {
			return e.Err
		}
		return err
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: the transcript can't be opened (%w): check the name", name, cause(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, format.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("%s: the transcript can't be read (%w): give a text file", name, cause(err))
	}
	text, err := format.Decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	s, err := scriptOf(name, text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, nil
}

// scriptOf reads decoded text as captions where it is such, and else as a page. JSON
// that is no caption file is a page, too.
func scriptOf(name, text string) (*transcript.Script, error) {
	kind := format.Detect(name, text)
	if kind == "" {
		return transcript.Parse(text)
	}
	captions, err := format.Read(kind, text)
	switch {
	case err != nil && kind != "json":
		return nil, err
	case err != nil || len(captions.Cues) == 0:
		return transcript.Parse(text)
	}
	return subtitles.Script(captions)
}
