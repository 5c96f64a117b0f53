//go:build !windows

package editor

import (
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/chzyer/readline"
)

// rawTerminal switches a terminal to raw mode and back.
type rawTerminal struct {
	in    *os.File
	out   io.Writer
	state *readline.State
}

// enter uses the library's raw mode, which leaves the processing of output on: what another
// goroutine prints meanwhile still starts its lines at the left.
func (t *rawTerminal) enter() (err error) {
	t.state, err = readline.MakeRaw(int(t.in.Fd()))
	return err
}

func (t *rawTerminal) leave() error {
	if t.state == nil {
		return nil
	}
	return readline.Restore(int(t.in.Fd()), t.state)
}

// watchSize calls changed whenever the terminal has a new size.
func watchSize(changed func()) (stop func()) {
	signals := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(signals, syscall.SIGWINCH)
	go func() {
		for {
			select {
			case <-signals:
				changed()
			case <-done:
				return
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// suspend stops the program as ^Z does outside raw mode, and returns once it goes on. A
// program without job control around it is not stopped, and goes on at once.
func suspend() {
	resumed := make(chan os.Signal, 1)
	signal.Notify(resumed, syscall.SIGCONT)
	defer signal.Stop(resumed)
	if syscall.Kill(0, syscall.SIGTSTP) != nil {
		return
	}
	select {
	case <-resumed:
	case <-time.After(300 * time.Millisecond):
	}
}
