package audio

// chunked is a slice that grows in chunks and is joined when it is complete. A slice
// that grows by append leaves the arrays that it has outgrown to the garbage
// collector; for a recording of 12 hours those were 1.3 GB.
type chunked[T any] struct {
	chunks [][]T
}

// chunkSize is the least number of values that a chunked slice grows by: 5 minutes
// of mel bands.
const chunkSize = 5 * 60 * 100 * MelBands

// newChunked returns a chunked slice that holds size values in its first chunk.
func newChunked[T any](size int) chunked[T] { return chunked[T]{[][]T{make([]T, 0, size)}} }

func (c *chunked[T]) append(x []T) {
	last := len(c.chunks) - 1
	if chunk := c.chunks[last]; cap(chunk)-len(chunk) < len(x) {
		c.chunks = append(c.chunks, make([]T, 0, max(chunkSize, len(x))))
		last++
	}
	c.chunks[last] = append(c.chunks[last], x...)
}

// join returns all values as one slice. Nothing can be appended after it.
func (c *chunked[T]) join() []T {
	if len(c.chunks) == 1 {
		return c.chunks[0]
	}
	size := 0
	for _, chunk := range c.chunks {
		size += len(chunk)
	}
	all := make([]T, 0, size)
	for _, chunk := range c.chunks {
		all = append(all, chunk...)
	}
	return all
}
