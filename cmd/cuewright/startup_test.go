package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
)

// TestStartup bounds what the packages of the program, and of its tests, allocate before main begins,
// which goes with the time that each start takes: regular expressions that are compiled there, tables
// that are decoded, and libraries that do either.
func TestStartup(t *testing.T) {
	const most, mostOfOne = 2_000_000, 400_000 // bytes; the whole is 1,170,000, 7,600,000 with 150 regular expressions
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	// One line each: init net/netip @1.7 ms, 0.59 ms clock, 728 bytes, 12 allocs.
	inits := regexp.MustCompile(`(?m)^init (\S+) @.* clock, (\d+) bytes, \d+ allocs$`).FindAllSubmatch(out, -1)
	if len(inits) < 50 {
		t.Fatalf("the runtime reports %d packages: %s", len(inits), out)
	}
	total := 0
	for _, m := range inits {
		bytes, err := strconv.Atoi(string(m[2]))
		if err != nil {
			t.Fatal(err)
		}
		total += bytes
		if bytes > mostOfOne {
			t.Errorf("%s allocates %d bytes at start, want at most %d", m[1], bytes, mostOfOne)
		}
	}
	if total > most {
		t.Errorf("packages allocate %d bytes at start, want at most %d", total, most)
	}
}
