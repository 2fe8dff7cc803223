package align

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"cuewright/align/internal/gmm"
	"cuewright/align/pronounce"
	"cuewright/audio/portable"
)

// A model file holds, little-endian: the magic, of a model of letters these letters (whether signs are
// transliterated first, a byte; the length of the letters in UTF-8, uint16; the letters in the order
// of their phones), the number of values a vector
// and of states (uint16 each), the number of components of each state (a byte
// each), then for each dimension the least and the greatest mean and the least
// and the greatest log variance (float32 each), then for each component its
// weight (a byte, in steps of -1/16 of the natural logarithm) and for each
// dimension mean and log variance, a byte each between those bounds.
const (
	modelMagic  = "cuewright model 1\n"
	letterMagic = "cuewright model 2\n" // of a model of letters
)

const weightStep = 1.0 / 16

// WriteModel writes m in 8 bits a value, about 80 bytes a Gaussian.
func WriteModel(w io.Writer, m *Model) error {
	var b bytes.Buffer
	mix := m.mix
	put := func(v any) { _ = binary.Write(&b, binary.LittleEndian, v) } // a Buffer takes all
	if m.letters == nil {
		b.WriteString(modelMagic)
	} else {
		b.WriteString(letterMagic)
		put(m.letters.Latin())
		put(uint16(len(m.Letters())))
		b.WriteString(m.Letters())
	}
	put([2]uint16{uint16(mix.Dims), uint16(mix.States())})
	for s := range mix.States() {
		b.WriteByte(byte(mix.Offset[s+1] - mix.Offset[s]))
	}
	bounds := make([][4]float32, mix.Dims)
	for j := range bounds {
		var means, variances []float32
		for c := range mix.Components() {
			means = append(means, mix.Mean[c*mix.Dims+j])
			variances = append(variances, float32(portable.Log(float64(mix.Var[c*mix.Dims+j]))))
		}
		bounds[j] = [4]float32{slices.Min(means), slices.Max(means), slices.Min(variances), slices.Max(variances)}
	}
	put(bounds)
	for c := range mix.Components() {
		b.WriteByte(byte(min(255, max(0, math.Round(float64(-mix.Weight[c])/weightStep)))))
		for j, r := range bounds {
			b.WriteByte(quantize(mix.Mean[c*mix.Dims+j], r[0], r[1]))
			b.WriteByte(quantize(float32(portable.Log(float64(mix.Var[c*mix.Dims+j]))), r[2], r[3]))
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func quantize(v, low, high float32) byte {
	if high <= low {
		return 0
	}
	return byte(math.Round(float64((v - low) / (high - low) * 255)))
}

func dequantize(q byte, low, high float32) float32 {
	return low + float32(float32(q)/255*(high-low))
}

// ReadModel reads what WriteModel wrote. It returns an error when r holds no
// model or one for other features or phones than this program's.
func ReadModel(r io.Reader) (*Model, error) {
	data, err := io.ReadAll(io.LimitReader(r, 1<<24))
	if err != nil {
		return nil, err
	}
	if len(data) < len(modelMagic) {
		return nil, errNoModel
	}
	in := bytes.NewReader(data[len(modelMagic):])
	states := modelStates()
	var letters *pronounce.Alphabet
	switch string(data[:len(modelMagic)]) {
	case modelMagic:
	case letterMagic:
		if letters, err = readLetters(in); err != nil {
			return nil, err
		}
		states = letterStates(letters)
	default:
		return nil, errNoModel
	}
	var head [2]uint16
	if err := binary.Read(in, binary.LittleEndian, &head); err != nil {
		return nil, errShortModel
	}
	if int(head[0]) != numDims || int(head[1]) != states {
		return nil, fmt.Errorf("a model of %d values and %d states, not %d and %d: train it anew with this version",
			head[0], head[1], numDims, states)
	}
	mix, err := readMixtures(in, states)
	if err != nil {
		return nil, err
	}
	if in.Len() > 0 {
		return nil, errors.New("a damaged model: it goes on after its end")
	}
	return &Model{mix, letters}, nil
}

// readLetters reads the letters of a model.
func readLetters(in io.Reader) (*pronounce.Alphabet, error) {
	var head struct {
		Latin  bool
		Length uint16
	}
	if err := binary.Read(in, binary.LittleEndian, &head); err != nil {
		return nil, errShortModel
	}
	text := make([]byte, head.Length)
	if _, err := io.ReadFull(in, text); err != nil {
		return nil, errShortModel
	}
	letters, ok := pronounce.ReadAlphabet(string(text), head.Latin)
	if !ok {
		return nil, errors.New("a damaged model: these are no letters of a model")
	}
	return letters, nil
}

// readMixtures reads the mixtures of so many states.
func readMixtures(in io.Reader, states int) (*gmm.Mixtures, error) {
	counts := make([]byte, states)
	if _, err := io.ReadFull(in, counts); err != nil {
		return nil, errShortModel
	}
	bounds := make([][4]float32, numDims)
	if err := binary.Read(in, binary.LittleEndian, bounds); err != nil {
		return nil, errShortModel
	}
	for _, b := range bounds {
		for k, v := range b {
			// Vectors are of the order of 1, and so are variances.
			if most := [...]float64{1e3, 1e3, 20, 20}[k]; !(math.Abs(float64(v)) <= most) {
				return nil, errors.New("a damaged model: its bounds are out of range")
			}
		}
	}
	mix := gmm.Empty(numDims)
	row := make([]byte, 1+2*numDims)
	for _, n := range counts {
		if n == 0 {
			return nil, errors.New("a damaged model: a state without components")
		}
		for range n {
			if _, err := io.ReadFull(in, row); err != nil {
				return nil, errShortModel
			}
			mean, vari := make([]float32, numDims), make([]float32, numDims)
			for j, b := range bounds {
				mean[j] = dequantize(row[1+2*j], b[0], b[1])
				vari[j] = float32(portable.Exp(float64(dequantize(row[2+2*j], b[2], b[3]))))
			}
			mix.AddComponent(-float32(row[0])*weightStep, mean, vari)
		}
		mix.EndState()
	}
	return mix, nil
}

var (
	errNoModel    = errors.New("not a cuewright model: make one with cuewright train")
	errShortModel = errors.New("a damaged model: it ends too early")
)
