package prompt

import (
	"testing"

	"imapsh/runtime"
)

func TestAdvice(t *testing.T) {
	if err := replay(t, `
> history
! ReferenceError: history is not defined
!     history
!     ^
! hint: .history [N] is no JavaScript: it stands alone on a line, and shows the last N statements (20)
> cd('sub')
! ReferenceError: cd is not defined
!     cd('sub')
!     ^
! hint: cd [DIR] is no JavaScript: it stands alone on a line, and changes the working directory; cd - returns to the one before
> it.length
! ReferenceError: it is not defined
!     it.length
!     ^
! hint: it is no JavaScript: it stands alone on a line, and shows the next page of the last result
> sow bean
! SyntaxError: Unexpected identifier bean
!     sow bean
!         ^
! hint: sow is a function: its arguments stand in brackets, words in quotes; sow? shows examples
> sow --rows 2
! SyntaxError: Unexpected identifier rows
!     sow --rows 2
!           ^
! hint: sow is a function: its arguments stand in brackets, words in quotes; sow? shows examples
> reap bean
! SyntaxError: Unexpected identifier bean
!     reap bean
!          ^
> sow +* 2
! SyntaxError: Unexpected token *
!     sow +* 2
!          ^
> elsewhere
! ReferenceError: elsewhere is not defined
!     elsewhere
!     ^
`); err != nil {
		t.Error(err)
	}
}

func TestErrorsAreFolded(t *testing.T) {
	narrow := func(_ *Prompt, o *runtime.Options) { o.Width = func() int { return 40 } }
	if err := replay(t, `
> sow('beam')
! Error: sow: crop "beam": must be one of
!   bean, pea; did you mean "bean"?
!     sow('beam')
!          ^^^^
`, narrow); err != nil {
		t.Error(err)
	}
}
