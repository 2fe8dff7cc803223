//go:build !race

package format

const raceDetected = false // the tests run without the race detector
