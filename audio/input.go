package audio

import (
	"bufio"
	"errors"
	"io"
)

// input is a file or pipe that keeps track of its position.
type input struct {
	buf    *bufio.Reader
	raw    io.Reader // below buf
	seeker io.Seeker // nil for a pipe
	origin int64     // the seeker's offset at which reading began
	pos    int64     // bytes read from there
	size   int64     // bytes from there to the end, or unknownSize
}

// inputBuffer is how much is read at a time, in bytes.
const inputBuffer = 64 << 10

// newInput returns an input that begins where r stands.
func newInput(r io.Reader) *input {
	in := &input{buf: bufio.NewReaderSize(r, inputBuffer), raw: r, size: unknownSize}
	s, ok := r.(io.Seeker)
	if !ok {
		return in
	}
	origin, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return in
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return in
	}
	if _, err := s.Seek(origin, io.SeekStart); err != nil || end <= origin {
		return in // a device has no end
	}
	in.seeker, in.origin, in.size = s, origin, end-origin
	return in
}

// Read implements io.Reader.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.buf.Read(p)
	in.pos += int64(n)
	return n, err
}

// seek goes to pos: forward on any input, back only on one with a seeker. A position
// beyond the end of a file of known size is an error.
func (in *input) seek(pos int64) error {
	ahead := pos - in.pos
	switch {
	case ahead == 0:
		return nil
	case in.size != unknownSize && pos > in.size:
		return io.ErrUnexpectedEOF
	case ahead > 0 && ahead <= int64(in.buf.Buffered()):
		in.pos = pos
		_, err := in.buf.Discard(int(ahead))
		return err
	case in.seeker != nil:
		if _, err := in.seeker.Seek(in.origin+pos, io.SeekStart); err != nil {
			return err
		}
		in.buf.Reset(in.raw)
		in.pos = pos
		return nil
	case ahead < 0:
		return errors.ErrUnsupported
	}
	_, err := io.CopyN(io.Discard, in, ahead)
	return err
}

// chunkAhead reports whether a chunk may follow: its ID is text.
func (in *input) chunkAhead() bool {
	id, err := in.buf.Peek(4)
	if err != nil {
		return false
	}
	for _, c := range id {
		if c < ' ' || c > '~' {
			return false
		}
	}
	return true
}
