package episode

import (
	"fmt"
	"io"
	"os"

	"cuewright/align/pronounce"
	"cuewright/align/transcript"
)

// mostLexicon is the size of the largest lexicon, in bytes: several times that of the CMU Pronouncing
// Dictionary.
const mostLexicon = 16 << 20

// ReadLexicon returns the lexicon of a file; text is what the file holds, or "" where it is to be
// read. It is nil for no name.
func ReadLexicon(name, text string) (*pronounce.Lexicon, error) {
	if name == "" {
		return nil, nil
	}
	if text == "" {
		var err error
		if text, err = LexiconText(name); err != nil {
			return nil, err
		}
	}
	return pronounce.ReadLexicon(name, []byte(text))
}

// LexiconText returns what a lexicon file holds, "" for no name.
func LexiconText(name string) (string, error) {
	if name == "" {
		return "", nil
	}
	text, err := readSmall(name, mostLexicon)
	switch {
	case err != nil:
		return "", fmt.Errorf("%s: %w", name, err)
	case len(text) > mostLexicon:
		return "", fmt.Errorf("%s: is no lexicon: it is larger than %d MB", name, mostLexicon>>20)
	}
	return text, nil
}

// readSmall returns what a file holds, no more than a byte beyond most.
func readSmall(name string, most int64) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", fmt.Errorf("can't be opened: %w", Underlying(err))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return "", fmt.Errorf("can't be read: %w", Underlying(err))
	}
	return string(data), nil
}

// lexiconFile returns the name of a lexicon in a slice, an empty one where there is none.
func lexiconFile(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

// LexiconUse says which words of a lexicon stand in a transcript.
type LexiconUse struct {
	Words  int      // of the lexicon
	Absent []string // those that stand nowhere, in its order
}

// useOf returns the use of a lexicon, nil for none.
func useOf(x *pronounce.Lexicon, s *transcript.Script) *LexiconUse {
	if x == nil {
		return nil
	}
	var sentences [][]string
	for _, t := range s.Turns {
		for _, sentence := range t.Sentences {
			sentences = append(sentences, transcript.SaidOf(sentence.Words))
		}
	}
	return &LexiconUse{Words: x.Len(), Absent: x.Absent(sentences)}
}
