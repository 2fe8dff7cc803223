package audio

import (
	"os/exec"
	"syscall"
)

// endWithParent has the kernel end the process when we end, however that comes. It
// is tied to the thread that starts the process; Go ends none of its threads but
// those that a goroutine has locked and kept.
func endWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
