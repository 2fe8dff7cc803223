package transcript

import (
	"regexp"
	"sync"
)

// lazyRegexp returns a function that returns a regular expression, which is compiled when it is first
// asked for. To compile all of a package takes longer than the rest of the program's start.
func lazyRegexp(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
