//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package episode

import (
	"errors"
	"os"
)

// lockScratch returns an error: what a killed process has left stays there.
func lockScratch(*os.File) error { return errors.ErrUnsupported }
