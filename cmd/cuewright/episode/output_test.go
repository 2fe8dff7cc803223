package episode

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOutputsAreTakenBack: a rename that fails leaves all files as they were.
func TestOutputsAreTakenBack(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := os.WriteFile(in("old.vtt"), []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(in("folder.vtt/full"), 0o777); err != nil {
		t.Fatal(err)
	}
	var all []Output
	for _, name := range []string{"old.vtt", "new.vtt", "folder.vtt"} {
		all = append(all, Output{Name: name, path: in(name), Data: []byte("new")})
	}
	err := WriteOutputs(all)
	if err == nil || !strings.HasPrefix(err.Error(), "folder.vtt: can't be written (") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if old, err := os.ReadFile(in("old.vtt")); err != nil || string(old) != "old" || strings.Join(names, " ") != "folder.vtt old.vtt" {
		t.Errorf("%v, old.vtt holds %q: %v", names, old, err)
	}

	if err := WriteOutputs(all[:2]); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old.vtt", "new.vtt"} {
		if data, err := os.ReadFile(in(name)); err != nil || string(data) != "new" {
			t.Errorf("%s holds %q: %v", name, data, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("%v: %v", entries, err)
	}
}
