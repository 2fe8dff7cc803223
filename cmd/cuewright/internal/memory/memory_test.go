package memory

import (
	"context"
	"testing"
	"time"
)

func TestBound(t *testing.T) {
	if !Bound(t.Context(), 1) {
		t.Error("a byte is not reached")
	}
	for _, bytes := range []uint64{0, 1 << 60} {
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 3*poll)
		if Bound(ctx, bytes) {
			t.Errorf("%d bytes are reached", bytes)
		}
		if waited := time.Since(began); waited < 3*poll {
			t.Errorf("a bound of %d bytes is given up after %v", bytes, waited)
		}
		cancel()
	}
}

func TestMost(t *testing.T) {
	if most, held := Most(), used(); most > 0 && (most < held || most > 1<<50) || held == 0 {
		t.Errorf("of %d bytes at the most, %d are held", most, held)
	}
}
