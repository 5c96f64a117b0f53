package api

// Value is a value that a function is given, as the session has it.
type Value interface {
	// Plain is the value in Go: a string, bool, int64, float64, time.Time, []any,
	// map[string]any, a Callback, the Go value behind an instance, nil for none. What has
	// no such form ends the call in the session's own way.
	Plain() any
	// JSON is the value as JSON text.
	JSON() JSON
}

// JSON is a value as JSON text: an input of this type takes any value, and a
// result of it becomes the value that the text says.
type JSON string

// Callback is a function of a script that a declared function takes. It is for the time
// of the call that it was given to.
type Callback interface {
	// Call gives what the function returns; a promise is waited for. The error is what it
	// threw, to be handed on.
	Call(args ...any) (Value, error)
}
