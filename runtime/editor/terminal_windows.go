package editor

import (
	"errors"
	"io"
	"os"

	"golang.org/x/sys/windows"
	"golang.org/x/term"
)

// rawTerminal switches a console to raw mode and back. The console then speaks the escape
// sequences of other terminals, in both directions, so nothing else differs on Windows.
type rawTerminal struct {
	in    *os.File
	out   io.Writer
	state *term.State
	mode  uint32 // of the output
}

func (t *rawTerminal) enter() (err error) {
	if out, ok := t.out.(*os.File); ok {
		h := windows.Handle(out.Fd())
		if err := windows.GetConsoleMode(h, &t.mode); err == nil {
			_ = windows.SetConsoleMode(h, t.mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
		}
	}
	t.state, err = term.MakeRaw(int(t.in.Fd()))
	return err
}

func (t *rawTerminal) leave() error {
	if t.state == nil {
		return nil
	}
	err := term.Restore(int(t.in.Fd()), t.state)
	if out, ok := t.out.(*os.File); ok && t.mode != 0 {
		err = errors.Join(err, windows.SetConsoleMode(windows.Handle(out.Fd()), t.mode))
	}
	return err
}

// watchSize does nothing: a console tells its size only when asked, with the next key.
func watchSize(func()) (stop func()) { return func() {} }

// suspend does nothing: there is no job control.
func suspend() {}
