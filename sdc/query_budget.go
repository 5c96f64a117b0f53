package sdc

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/dustin/go-humanize"
)

// QueryBudget limits what one query may take that is asked in parts. Beyond it the query
// is an error, never a shorter list.
type QueryBudget struct {
	Requests int   // 0: 20,000
	Bytes    int64 // of all answers; 0: 2 GB
}

const (
	defaultQueryRequests = 20_000
	defaultQueryBytes    = 2_000_000_000
)

var errOverBudget = errors.New("over the budget of a query")

// spending is what one query has taken so far of its budget.
type spending struct {
	limit    QueryBudget
	requests atomic.Int64
	bytes    atomic.Int64
}

func (b QueryBudget) begin() *spending {
	return &spending{limit: QueryBudget{cmp.Or(b.Requests, defaultQueryRequests), cmp.Or(b.Bytes, defaultQueryBytes)}}
}

// request counts one more.
func (s *spending) request(endpoint string) error {
	if s.requests.Add(1) > int64(s.limit.Requests) {
		return s.over(endpoint, fmt.Sprintf("the query needs more than %d requests", s.limit.Requests))
	}
	return nil
}

// over is the error of a query that goes on beyond its budget.
func (s *spending) over(endpoint, what string) error {
	return &Error{Endpoint: "GET " + endpoint, Detail: what + ", which is the limit of one query", Reason: OverBudget, Err: errOverBudget}
}

// reader counts the bytes of an answer, and fails beyond the budget.
func (s *spending) reader(endpoint string, answer io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		n, err := answer.Read(p)
		if s.bytes.Add(int64(n)) > s.limit.Bytes {
			return n, s.over(endpoint, fmt.Sprintf("the answers to the query are longer than %s together", humanize.Bytes(uint64(s.limit.Bytes))))
		}
		return n, err
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
