//go:build race

package transcript

const raceDetected = true // the tests run under the race detector
