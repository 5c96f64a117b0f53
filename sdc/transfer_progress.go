package sdc

import (
	"sync"
	"time"
)

// EventKind is the kind of an Event.
type EventKind string

// The kinds of events of one file: started at most once, then any number of
// bytes and retry, and finished exactly once, alone if nothing had to be moved.
const (
	EventStarted  EventKind = "started"
	EventBytes    EventKind = "bytes"
	EventRetry    EventKind = "retry"
	EventFinished EventKind = "finished"
)

// Event is a step of one file of a transfer.
type Event struct {
	FilePath string // in the archive; the name as it was given if it is none of the archive's
	Kind     EventKind
	Done     int64    // until it is finished: bytes of the file that are across, those of an earlier run included
	Total    int64    // likewise: bytes of the file; 0 while that is not known
	Err      error    // with retry: what failed
	Transfer Transfer // with finished: the outcome
}

// eventPause is the minimum time between two bytes events of one file.
const eventPause = 100 * time.Millisecond

// notifier passes the events of several files on, one at a time.
type notifier struct {
	mu     sync.Mutex
	notify func(Event) // nil: nobody listens
}

func (n *notifier) event(e Event) {
	if n.notify == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.notify(e)
}

func (n *notifier) finished(transfer Transfer) {
	n.event(Event{FilePath: transfer.FilePath, Kind: EventFinished, Transfer: transfer})
}

// meter counts the bytes of one file.
type meter struct {
	*notifier
	filePath string

	mu          sync.Mutex
	done, total int64
	moved       int64 // over the network, in this call
	last        time.Time
}

func (n *notifier) meter(filePath string) *meter { return &meter{notifier: n, filePath: filePath} }

func (m *meter) start() {
	m.event(Event{FilePath: m.filePath, Kind: EventStarted})
}

// set sets the count to the bytes that are here, of a total that is -1 where it is not known.
func (m *meter) set(done, total int64) {
	m.mu.Lock()
	m.done, m.total = done, max(total, 0)
	m.mu.Unlock()
}

// add counts bytes that have just moved.
func (m *meter) add(n int64) {
	m.mu.Lock()
	m.done += n
	m.moved += n
	e := Event{FilePath: m.filePath, Kind: EventBytes, Done: m.done, Total: m.total}
	now := time.Now()
	due := now.Sub(m.last) >= eventPause
	if due {
		m.last = now
	}
	m.mu.Unlock()
	if due {
		m.event(e)
	}
}

func (m *meter) retry(err error) {
	m.mu.Lock()
	e := Event{FilePath: m.filePath, Kind: EventRetry, Done: m.done, Total: m.total, Err: err}
	m.mu.Unlock()
	m.event(e)
}
