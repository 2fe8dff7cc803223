//go:build !race

package transcript

const raceDetected = false // the tests run without the race detector
