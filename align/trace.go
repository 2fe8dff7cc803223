package align

// Hooks let a maintainer look into an alignment. They are called from the goroutine
// that called Align, and change nothing.
type Hooks struct {
	// Evidence, where not nil, is given once what the confidence of each word is
	// computed from, by the words' number in the script.
	Evidence func(words []Evidence)
}
