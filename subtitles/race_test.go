//go:build race

package subtitles

const raceDetected = true // the tests run under the race detector
