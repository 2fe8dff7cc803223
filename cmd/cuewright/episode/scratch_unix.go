//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package episode

import (
	"os"
	"syscall"
)

// lockScratch locks f until it is closed or its process ends; it is an error where another
// process has it.
func lockScratch(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
