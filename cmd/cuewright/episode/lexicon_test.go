package episode

import (
	"path/filepath"
	"strings"
	"testing"
)

// A lexicon that can't be read is told by its name alone: a flag or a column of a manifest may have named it.
func TestLexiconText(t *testing.T) {
	for _, name := range []string{t.TempDir(), filepath.Join(t.TempDir(), "none.txt")} {
		if _, err := LexiconText(name); err == nil || !strings.HasPrefix(err.Error(), name+": can't be ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
