package runtime

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// watchEvery is how often the memory is looked at while a call runs.
const watchEvery = 25 * time.Millisecond

// errFull is the cause of a call's end when the program's memory grew beyond its limit.
func errFull(limit int64) error {
	return &ScriptError{
		Class: "RangeError", Message: "out of memory: the session holds more than " + size(float64(limit)),
		Advice: "work on fewer files at a time, let go of large values (x = null), or start with a larger --max-memory",
	}
}

// watchMemory interrupts what runs when the program holds more memory than is allowed.
// The function that it gives ends the watch.
func (s *Session) watchMemory() (stop func()) {
	vm, limit := s.vm, uint64(s.options.MaxMemory)
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		ticks := time.NewTicker(watchEvery)
		defer ticks.Stop()
		for first := true; ; first = false {
			select {
			case <-done:
				return
			case <-ticks.C:
			}
			if first { // let Go collect garbage in time
				before := debug.SetMemoryLimit(s.options.MaxMemory)
				defer debug.SetMemoryLimit(before)
			}
			now := held()
			if now > limit {
				runtime.GC() // some of it may be let go already
				now = held()
			}
			if now > limit {
				s.full.Store(true)
				vm.Interrupt(errFull(s.options.MaxMemory))
				return
			}
		}
	}()
	return func() {
		close(done)
		<-ended
		s.full.Store(false)
	}
}

// held is how many bytes the values of the program take.
func held() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
