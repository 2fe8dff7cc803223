// Package sample hands the sample episode of testdata/sample to tests.
package sample

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"time"
)

// The first seconds of the sample episode, see MakeShort.
const (
	ShortText   = "Caller 1: Is that the council? The town clock has stopped again, and I can hear it humming.\n"
	ShortLength = 6 * time.Second
)

// HeaderSize is how many bytes come before the samples of a plain WAV file.
const HeaderSize = 44

// rate of the sample's recording, in bytes a second.
const rate = 2 * 16000

// File returns the path of a file of the sample episode. It panics where the working
// directory lies outside the module.
func File(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		panic(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "testdata", "sample", name)
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			panic("there is no go.mod above the working directory")
		}
		dir = parent
	}
}

// MakeShort puts the first seconds of the sample episode and their transcript into dir,
// as short.wav and short.txt.
func MakeShort(dir string) error {
	wav, err := os.ReadFile(File("audio.wav"))
	if err != nil {
		return err
	}
	samples := wav[HeaderSize:][:int(ShortLength.Seconds())*rate]
	if err := os.WriteFile(filepath.Join(dir, "short.wav"), append(Header(len(samples)), samples...), 0o666); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "short.txt"), []byte(ShortText), 0o666)
}

// Header returns the header of a WAV file with so many bytes of samples, 16 kHz, mono,
// 16 bit.
func Header(size int) []byte {
	b := append([]byte("RIFF"), make([]byte, HeaderSize-4)...)
	le := binary.LittleEndian
	le.PutUint32(b[4:], uint32(HeaderSize-8+size))
	copy(b[8:], "WAVEfmt ")
	le.PutUint32(b[16:], 16)
	le.PutUint16(b[20:], 1)
	le.PutUint16(b[22:], 1)
	le.PutUint32(b[24:], 16000)
	le.PutUint32(b[28:], rate)
	le.PutUint16(b[32:], 2)
	le.PutUint16(b[34:], 16)
	copy(b[36:], "data")
	le.PutUint32(b[40:], uint32(size))
	return b
}
