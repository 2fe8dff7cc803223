package audio

import (
	"os/exec"
	"syscall"
)

// endWithParent has the kernel kill the process when this one ends, for whatever
// reason. The kernel watches the thread that starts the process; Go ends none of its
// threads but those that a goroutine has locked and kept.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
