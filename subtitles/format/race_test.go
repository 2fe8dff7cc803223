//go:build race

package format

const raceDetected = true // the tests run under the race detector
