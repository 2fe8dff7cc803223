//go:build unix

// Package cputime tells tests how much work something is. Only tests import it.
package cputime

import (
	"syscall"
	"time"
)

// Of returns the time that the processors spend on what do does, by the CPU time of the whole process:
// what other programs do doesn't count, so that a machine under load measures about the same. Tests
// that run beside it do count.
func Of(do func()) time.Duration {
	before := Now()
	do()
	return Now() - before
}

// Now returns the CPU time of the process since it began, of all its threads; 0 where that isn't known.
func Now() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
