package gmm

// multiplyAdd adds x times each weight to its sum, rounded once: Go makes one instruction of
// both here.
func multiplyAdd(sums *[tileComponents]float32, x float32, weights *[tileComponents]float32) {
	for c, w := range weights {
		sums[c] += x * w
	}
}
