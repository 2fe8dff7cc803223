package audio

// Part is the frames [first, end) alone, as those of a shorter recording. It shares
// their memory.
func (f *Frames) Part(first, end int) *Frames {
	return &Frames{
		Level:   f.Level[first:end],
		mel:     f.mel[first*MelBands : end*MelBands],
		Samples: min(int64(end)*HopSamples, f.Samples) - int64(first)*HopSamples,
	}
}
