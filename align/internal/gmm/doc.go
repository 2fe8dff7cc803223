// Package gmm holds Gaussian mixture models with diagonal covariances: how they are
// estimated and adapted, and how frames are scored by them, which is most of the
// work of an alignment.
//
// [Mixtures] are the mixtures of all states of an acoustic model. [Stats] accumulate
// frames, from which Mixtures are re-estimated (Viterbi training) or MAP-adapted to a
// recording. [Packed] are Mixtures laid out for scoring: it takes a [Tile] of feature
// vectors and returns their log-likelihoods. All logarithms are natural.
package gmm
