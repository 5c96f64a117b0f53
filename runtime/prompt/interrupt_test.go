//go:build !windows

package prompt

import (
	"context"
	"errors"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"imapsh/runtime"
	"imapsh/runtime/api"
)

// press is ^C while a call runs: evaluate listens then.
func press(t *testing.T) {
	if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
		t.Error(err)
	}
}

func TestInterruptStopsACall(t *testing.T) {
	if err := replay(t, `
> let kept = 1; wait()
! interrupted
> kept
1
> spin()
! interrupted
> sow('pea')
'pea '
`, func(_ *Prompt, o *runtime.Options) {
		o.API.Funcs = append(o.API.Funcs,
			api.Define("wait", "Waits for ^C.", func(ctx context.Context, _ api.None) (api.None, error) {
				press(t)
				<-ctx.Done()
				return api.None{}, context.Cause(ctx)
			}),
			api.Define("spin", "Goes on after ^C.", func(ctx context.Context, _ api.None) (string, error) {
				press(t)
				<-ctx.Done()
				return "done anyway", nil
			}))
	}); err != nil {
		t.Error(err)
	}
}

// TestASecondInterruptAbandons presses ^C while a call that cannot be stopped goes on.
func TestASecondInterruptAbandons(t *testing.T) {
	abandoned := make(chan struct{})
	said := make(chan struct{})
	p, _ := newPrompt(t, func(p *Prompt, o *runtime.Options) {
		p.secondAfter = time.Millisecond
		p.Abandon = func() { close(abandoned) }
		p.Stderr = writer(func(text string) {
			if strings.Contains(text, "^C again leaves") {
				close(said)
			}
		})
		o.API.Funcs = append(o.API.Funcs, api.Define("stuck", "Cannot be stopped.", func(context.Context, api.None) (api.None, error) {
			press(t)
			<-said
			press(t)
			<-abandoned
			return api.None{}, nil
		}))
	})
	err := p.Start(t.Context(), "stuck.js", "stuck()", nil)
	if !errors.Is(err, runtime.ErrInterrupted) {
		t.Errorf("it ends with %v", err)
	}
}

// writer gives what is written to a function.
type writer func(text string)

func (w writer) Write(text []byte) (int, error) {
	w(string(text))
	return len(text), nil
}
