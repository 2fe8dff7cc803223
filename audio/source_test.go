package audio

import "io"

// memory is a Source of samples in memory that hands out pieces of different
// lengths.
type memory struct {
	samples []float32
	piece   int // the longest piece, 0 for any
}

func (m *memory) Read(dst []float32) (int, error) {
	if len(m.samples) == 0 {
		return 0, io.EOF
	}
	if m.piece > 0 {
		dst = dst[:min(len(dst), m.piece)]
	}
	n := copy(dst, m.samples)
	m.samples = m.samples[n:]
	return n, nil
}
