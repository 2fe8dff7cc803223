package audio

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain lets the test binary be the program that TestFFmpegEndsWithUs kills.
func TestMain(m *testing.M) {
	if path := os.Getenv("AUDIO_TEST_DIE_WITH"); path != "" {
		d, err := startFFmpeg(context.Background(), path, "a.mp3", 0, time.Minute)
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(d.cmd.Process.Pid)
		os.Stdout.Sync()
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
	}
	os.Exit(m.Run())
}

func TestFFmpegEndsWithUs(t *testing.T) {
	us := exec.Command(os.Args[0])
	us.Env = append(os.Environ(), "AUDIO_TEST_DIE_WITH="+script(t, "exec sleep 60"))
	out, err := us.Output()
	if us.ProcessState == nil || us.ProcessState.Success() {
		t.Fatalf("wasn't killed: %v", err)
	}
	var pid int
	if _, err := fmt.Sscan(string(out), &pid); err != nil {
		t.Fatalf("%q: %v", out, err)
	}
	for range 200 {
		// An orphan that nobody waits for stays a zombie.
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if errors.Is(err, os.ErrNotExist) || strings.Contains(string(stat), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d lives on", pid)
	syscall.Kill(pid, syscall.SIGKILL)
}
