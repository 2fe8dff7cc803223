//go:build !unix

package audio

import "os/exec"

// apart does nothing: once this process has ended, ffmpeg ends at its next write to the
// pipe.
func apart(*exec.Cmd) {}
