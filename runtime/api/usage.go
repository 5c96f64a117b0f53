package api

import (
	"errors"
	"fmt"
)

// UsageError is a call that was made wrongly: an unknown option, a wrong value.
// Its text says what is allowed.
type UsageError struct {
	Message string
	Token   string // the word of the call that is wrong, to be marked in its source; may be empty
}

func (e *UsageError) Error() string { return e.Message }

// Usagef makes a UsageError.
func Usagef(format string, args ...any) error {
	return &UsageError{Message: fmt.Sprintf(format, args...)}
}

// About names the word that a UsageError lies in, unless it is named already.
func About(token string, err error) error {
	var usage *UsageError
	if errors.As(err, &usage) && usage.Token == "" {
		usage.Token = token
	}
	return err
}

// Hinter is an error that knows what to do next.
type Hinter interface{ Hint() string }
