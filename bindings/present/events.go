package present

import "imapsh/sdc"

// Event is an event of a transfer as a line of JSON, under the names of the shell's
// reports.
type Event struct {
	Event    sdc.EventKind `json:"event"`
	FilePath string        `json:"file_path"`
	Done     int64         `json:"done,omitempty"`
	Total    int64         `json:"total,omitempty"`
	Error    string        `json:"error,omitempty"`
	Reason   sdc.Reason    `json:"reason,omitempty"`
	Transfer *Transfer     `json:"transfer,omitempty"` // of an event that ends a file
}

// EventOf is the line of an event.
func EventOf(e sdc.Event) Event {
	line := Event{Event: e.Kind, FilePath: e.FilePath, Done: e.Done, Total: e.Total}
	if e.Err != nil {
		line.Error, line.Reason = e.Err.Error(), sdc.ReasonOf(e.Err)
	}
	if e.Kind == sdc.EventFinished {
		line.Transfer = &Transfer{e.Transfer}
	}
	return line
}

// ErrorEvent is the error that ends the program, as a line of JSON among the events.
type ErrorEvent struct {
	Event  string     `json:"event"` // error
	Error  string     `json:"error"`
	Reason sdc.Reason `json:"reason,omitempty"`
	Hint   string     `json:"hint,omitempty"`
}

// ErrorEventOf is the line of an error with what to do about it.
func ErrorEventOf(err error, hint string) ErrorEvent {
	return ErrorEvent{Event: "error", Error: err.Error(), Reason: sdc.ReasonOf(err), Hint: hint}
}
