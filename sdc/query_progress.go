package sdc

import "sync"

// QueryProgress is how far a query is. One that is too large for the archive is divided
// as it goes on: its parts become more.
type QueryProgress struct {
	Answered int // requests that were answered, refusals among them
	Done     int // parts whose files are known
	Parts    int // that are known so far; 1: the query is not divided
}

// queryMeter counts how far one query is.
type queryMeter struct {
	notify func(QueryProgress) // nil: nobody listens

	mu  sync.Mutex
	now QueryProgress
}

// add counts more, and reports the sum.
func (m *queryMeter) add(more QueryProgress) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now.Answered += more.Answered
	m.now.Done += more.Done
	m.now.Parts += more.Parts
	if m.notify != nil {
		m.notify(m.now)
	}
}
