package prompt

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/dop251/goja"

	"imapsh/runtime"
)

// secondAfter is when a second ^C is no longer part of the first.
const secondAfter = time.Second

func (p *Prompt) grace() time.Duration { return cmp.Or(p.secondAfter, secondAfter) }

// evaluate runs a call, with ^C stopping it and nothing else. The engine
// cannot be stopped inside its own code, such as a regular expression that goes on
// and on: a second ^C then abandons the program, if there is a way to.
func (p *Prompt) evaluate(ctx context.Context, call func(context.Context) (goja.Value, error)) (goja.Value, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	pressed, over := make(chan os.Signal, 1), make(chan struct{})
	defer close(over)
	signal.Notify(pressed, os.Interrupt)
	defer signal.Stop(pressed)
	go func() {
		var first time.Time
		var late <-chan time.Time
		for {
			select {
			case <-pressed:
			case <-late:
				fmt.Fprintln(p.Stderr, "(the call has not stopped yet; ^C again leaves)")
				continue
			case <-over:
				return
			}
			switch {
			case first.IsZero():
				first = time.Now()
				cancel(runtime.ErrInterrupted)
				if p.Abandon != nil {
					late = time.After(p.grace())
				}
			case time.Since(first) > p.grace() && p.Abandon != nil:
				p.Abandon()
			}
		}
	}()
	return call(ctx)
}
