package pronounce_test

import (
	"fmt"
	"strings"

	"cuewright/align/pronounce"
)

func ExampleSentence() {
	words := strings.Fields("The fare is $4.50, NATO says.")
	for i, w := range pronounce.Sentence(words, "en") {
		fmt.Println(words[i], w.Phones)
	}
	// Output:
	// The [DH AH]
	// fare [F EH R]
	// is [IH Z]
	// $4.50, [F AO R D AA L ER Z F IH F T IY]
	// NATO [N EY T OW]
	// says. [S EH Z]
}
