package sdc

import (
	"sync"
	"time"
)

// EventKind is what an Event tells.
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

// eventPause is the least time between two bytes events of one file.
const eventPause = 100 * time.Millisecond

// teller passes the events of several files on, one at a time.
type teller struct {
	mu   sync.Mutex
	tell func(Event) // nil: nobody listens
}

func (t *teller) event(e Event) {
	if t.tell == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tell(e)
}

func (t *teller) finished(transfer Transfer) {
	t.event(Event{FilePath: transfer.FilePath, Kind: EventFinished, Transfer: transfer})
}

// meter counts the bytes of one file.
type meter struct {
	*teller
	filePath string

	mu          sync.Mutex
	done, total int64
	moved       int64 // over the network, in this call
	last        time.Time
}

func (t *teller) meter(filePath string) *meter { return &meter{teller: t, filePath: filePath} }

func (m *meter) start() {
	m.event(Event{FilePath: m.filePath, Kind: EventStarted})
}

// at sets the count to what is there, of a whole that is -1 if it is not known.
func (m *meter) at(done, total int64) {
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
	tell := now.Sub(m.last) >= eventPause
	if tell {
		m.last = now
	}
	m.mu.Unlock()
	if tell {
		m.event(e)
	}
}

func (m *meter) retry(err error) {
	m.mu.Lock()
	e := Event{FilePath: m.filePath, Kind: EventRetry, Done: m.done, Total: m.total, Err: err}
	m.mu.Unlock()
	m.event(e)
}
