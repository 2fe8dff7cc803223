package align

import (
	"bytes"
	_ "embed"
	"fmt"
)

// seedModel is the model that every alignment starts from; `make seed` makes it,
// and seed.md says of what.
//
//go:embed seed.model
var seedModel []byte

// SeedModel is the model embedded in the program.
func SeedModel() *Model {
	m, err := ReadModel(bytes.NewReader(seedModel))
	if err != nil {
		panic(fmt.Sprintf("the embedded model: %v", err)) // a fault of the build
	}
	return m
}
