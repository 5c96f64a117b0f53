package main

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"time"
)

// defaultMaxMemory is half of the memory that the program may use: the machine's, or
// that of its container where it has less. Where it is not known it is 4 GB.
func defaultMaxMemory() int64 {
	memory := int64(8 << 30)
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		for line := range strings.Lines(string(text)) {
			if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "MemTotal:" {
				if kilobytes, err := strconv.ParseInt(fields[1], 10, 64); err == nil {
					memory = kilobytes << 10
				}
			}
		}
	}
	if text, err := os.ReadFile("/sys/fs/cgroup/memory.max"); err == nil {
		if limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && limit > 0 {
			memory = min(memory, limit)
		}
	}
	return memory / 2
}

// stopAfter is how long a call may take to stop when it is told to.
const stopAfter = 3 * time.Second

var errTimeout = errors.New("the recipe ran longer than --timeout allows")

// bounded gives a context that ends with --timeout. What does not stop in time when it
// ends, since the engine is inside its own code, ends with the program.
func (c *cli) bounded(ctx context.Context) (context.Context, func()) {
	cancel := func() {}
	if c.flags.timeout > 0 {
		ctx, cancel = context.WithTimeoutCause(ctx, c.flags.timeout, errTimeout)
	}
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-over:
		case <-time.After(stopAfter):
			c.complain(context.Cause(ctx))
			os.Exit(exitCode(context.Cause(ctx)))
		}
	})
	return ctx, func() {
		stop()
		close(over)
		cancel()
	}
}
