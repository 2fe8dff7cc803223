//go:build !unix

// Package cputime tells tests how much work something is. Only tests import it.
package cputime

import "time"

// Of returns how long do takes, in which what other programs do counts.
func Of(do func()) time.Duration {
	began := time.Now()
	do()
	return time.Since(began)
}
