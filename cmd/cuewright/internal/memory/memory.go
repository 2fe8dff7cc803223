// Package memory bounds how much of it the program takes, so that hopeless input ends with an
// error before the machine runs short.
package memory

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"github.com/KimMachineGun/automemlimit/memlimit"
)

const (
	// share is how much of the machine's memory all work together may take.
	share = 0.75
	// collected is the share of a bound from which on the garbage collector works harder.
	collected = 0.9
	// poll is how often the bound is looked at.
	poll = 10 * time.Millisecond
)

// Most returns how many bytes all work together may take: 3/4 of what the container or the
// machine has; 0 where that is not known.
func Most() uint64 {
	total, err := memlimit.ApplyRatio(memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem), share)()
	if err != nil {
		return 0
	}
	return total
}

// Bound waits until the program holds so many bytes, or ctx ends, and reports whether it
// holds them. 0 is no bound.
func Bound(ctx context.Context, bytes uint64) bool {
	if bytes == 0 {
		<-ctx.Done()
		return false
	}
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(int64(min(float64(bytes)*collected, 1<<62))))
	ticker := time.NewTicker(poll)
	defer ticker.Stop()
	for used() < bytes {
		select {
		case <-ctx.Done():
			return false
		case <-ticker.C:
		}
	}
	return true
}

// used returns what the Go runtime holds, in bytes.
func used() uint64 {
	s := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64() - s[1].Value.Uint64()
}
