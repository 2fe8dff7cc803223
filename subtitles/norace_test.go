//go:build !race

package subtitles

const raceDetected = false // the tests run without the race detector
