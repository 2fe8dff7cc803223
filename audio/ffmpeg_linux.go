package audio

import (
	"os/exec"
	"syscall"
)

// apart puts a process into a group of its own, which ends as a whole when it is killed:
// ffmpeg may be a script that starts another one. Without that the kernel kills the
// process, though not what it has started, when this one ends, for whatever reason. The kernel
// watches the thread that starts the process; Go ends none of its threads but those that
// a goroutine has locked and kept.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
