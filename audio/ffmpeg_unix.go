//go:build unix && !linux

package audio

import (
	"os/exec"
	"syscall"
)

// apart puts a process into a group of its own, which ends as a whole when it is killed:
// ffmpeg may be a script that starts another one. Once this process has ended without that,
// ffmpeg ends at its next write to the pipe.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
