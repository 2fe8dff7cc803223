// Command mktable makes the table of package langid, and judges it. ngrams.md there is the recipe.
//
//	mktable gather IN TEXTS   what IN holds of the sources, as texts by language: TEXTS/LANG.SOURCE.txt
//	mktable table TEXTS FILE  the table
//	mktable items TEXTS       sentences, 20 words and pages of other texts, to judge by: a line each
//	mktable judge ITEMS       how many of these are told right
package main

import (
	"fmt"
	"os"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mktable:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 3 && args[0] == "gather":
		return gather(args[1], args[2])
	case len(args) == 3 && args[0] == "table":
		return makeTable(args[1], args[2])
	case len(args) == 2 && args[0] == "items":
		return items(args[1], os.Stdout)
	case len(args) == 2 && args[0] == "judge":
		return judge(args[1], os.Stdout)
	}
	return fmt.Errorf("want gather IN TEXTS, table TEXTS FILE, items TEXTS, or judge ITEMS")
}
