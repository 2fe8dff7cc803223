//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package batch

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// tryLock locks the byte of f at k, for this process and until it ends at the latest.
// It returns false if another process has it. POSIX locks hold between machines too, where a
// shared disk has them; where it has none, the answer is true.
func tryLock(f *os.File, k int64) bool {
	err := setLock(f, k, syscall.F_WRLCK)
	return !errors.Is(err, syscall.EAGAIN) && !errors.Is(err, syscall.EACCES)
}

func unlock(f *os.File, k int64) {
	_ = setLock(f, k, syscall.F_UNLCK)
}

func setLock(f *os.File, k int64, kind int16) error {
	lock := syscall.Flock_t{Type: kind, Whence: io.SeekStart, Start: k, Len: 1}
	return syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &lock)
}

// apart keeps a Ctrl-C of the terminal from the process.
func apart(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
}

// peakMemory returns the most memory that the process, which has ended, had, in bytes.
func peakMemory(cmd *exec.Cmd) int64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	if runtime.GOOS == "darwin" {
		return usage.Maxrss
	}
	return int64(usage.Maxrss) << 10
}
