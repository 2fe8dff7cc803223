package align

import (
	"runtime"
	"sync"
)

// inParallel calls do for each of 0 to n-1, on all processors.
func inParallel(n int, do func(i int)) {
	var wait sync.WaitGroup
	todo := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := range todo {
				do(i)
			}
		})
	}
	for i := range n {
		todo <- i
	}
	close(todo)
	wait.Wait()
}
