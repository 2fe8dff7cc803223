package align

import (
	"context"
	"slices"
)

// searchStretch runs the schedule of passes on the frames at of the episode, with readings
// in place of those of its script. There has to be one reading and one frame at the least.
// Features and seed, with the recording's own silence, are those of the whole episode; the
// models are adapted to the stretch alone. Frames of what it returns count from at.start.
// Nothing is traced. The error is that of ctx, or errBeam or errTooManyPaths where the search
// loses its way.
func (e *episode) searchStretch(ctx context.Context, seed acoustics, at place, readings []reading) (*decoded, error) {
	part := &episode{features: e.features.stretch(at), readings: readings, tuning: e.tuning}
	seed.x, seed.activity = stretchOf{seed.x, at}, part.features.activity
	seed.wordless = slices.Clone(seed.wordless)
	for i, p := range seed.wordless {
		seed.wordless[i] = place{p.start - at.start, p.end - at.start}
	}
	return part.run(ctx, seed, func(float64) {})
}

// stretch returns the features of the frames at, in the memory of x.
func (x *features) stretch(at place) *features {
	return &features{
		n:        at.end - at.start,
		mfcc:     x.mfcc[at.start*numCepstra : at.end*numCepstra],
		energy:   x.energy[at.start:at.end],
		activity: x.activity[at.start:at.end],
	}
}

// stretchOf are the observations of a stretch of frames; their deltas see the frames
// around it.
type stretchOf struct {
	observations
	at place
}

func (x stretchOf) frames() int { return x.at.end - x.at.start }

func (x stretchOf) vectors(t0, t1, step int, dst []float32, stride int) {
	x.observations.vectors(x.at.start+t0, x.at.start+t1, step, dst, stride)
}
