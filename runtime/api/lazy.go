package api

import "context"

// Lazy is a result that is made when JavaScript first looks at it, and kept. Where Make
// fails, the error is thrown, and it is called again the next time.
type Lazy struct {
	Make func(context.Context) (any, error)

	// Session and Made are the session's own: what it made of the result.
	Session, Made any
}
