// Package langid tells the language of a text: by its script where one language alone has that,
// else by runs of letters and words that are likelier in one language than in others, as W. Cavnar
// and J. Trenkle do it ("N-gram-based text categorization", SDAIR 1994), with the weights of a
// naive Bayes classifier.
//
// Words are in words.go: what counts as one, and its features. The table of weights is embedded, and
// looked up where it lies: nothing is loaded. mktable makes it; ngrams.md says of what, and how
// often it is right.
//
//	g := langid.Identify("Die Fähre fährt heute nicht.")
//	g.Tag // "de"; "" where it isn't sure, and then g.Likely has up to three languages
package langid
