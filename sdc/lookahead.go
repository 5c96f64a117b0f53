package sdc

import (
	"context"
	"net/url"
	"strconv"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
)

// maxAhead is how many locations of files whose transfer has not begun are known, or
// asked for, at a time.
const maxAhead = 8

// A location is used for as long as its URL says that it is good, but no longer than
// maxLocationAge, since it ends with the server's own credential; for defaultLocationAge
// where the URL does not say it.
const (
	maxLocationAge     = 5 * time.Minute
	defaultLocationAge = time.Minute
)

// lookahead asks where the next files of a download lie while others move, so that a
// transfer need not begin with that question. It asks in the order of the files, and only
// for those that are not here.
type lookahead struct {
	download *download
	names    []string // of the files, in order
	lanes    *semaphore.Weighted
	started  sync.Once
	cancel   context.CancelFunc // nil: not started
	running  sync.WaitGroup

	mu      sync.Mutex
	objects map[string]*object // by archive path: those asked about, or whose transfer began
}

func newLookahead(d *download) *lookahead {
	return &lookahead{download: d, lanes: semaphore.NewWeighted(maxAhead), objects: map[string]*object{}}
}

// start begins to ask, when the API has answered the first question of a transfer: one
// that knows no file or no caller is not asked eight times more.
func (l *lookahead) start(ctx context.Context) {
	l.started.Do(func() {
		if len(l.names) > 1 && !l.download.options.DryRun {
			ctx, l.cancel = context.WithCancel(ctx)
			l.running.Go(func() { l.run(ctx) })
		}
	})
}

func (l *lookahead) run(ctx context.Context) {
	for _, name := range l.names {
		if l.lanes.Acquire(ctx, 1) != nil {
			return
		}
		if at := l.next(name); at != nil {
			l.running.Go(func() { at.ask(ctx) })
		} else {
			l.lanes.Release(1)
		}
	}
}

// stop ends it, when all transfers have ended.
func (l *lookahead) stop() {
	if l.cancel != nil {
		l.cancel()
		l.running.Wait()
	}
}

// next is the location to ask for of a file that will move, unless its transfer has begun.
func (l *lookahead) next(name string) *location {
	path, err := naming.Parse(name)
	if err != nil {
		return nil
	}
	if info, err := l.download.dir.Stat(path.ArchivePath()); err != nil || info != nil && !l.download.options.Overwrite {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.objects[path.ArchivePath()] != nil {
		return nil
	}
	o := &object{client: l.download.client, path: path.ArchivePath()}
	o.ahead = &location{object: o, release: sync.OnceFunc(func() { l.lanes.Release(1) }), done: make(chan struct{})}
	l.objects[o.path] = o
	return o.ahead
}

// object is the one of a file whose transfer begins, with the context of all transfers.
func (l *lookahead) object(ctx context.Context, path string) *object {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.objects[path] == nil {
		l.objects[path] = &object{client: l.download.client, path: path, located: func() { l.start(ctx) }}
	}
	return l.objects[path]
}

// location is where an object lies, asked for ahead of its transfer.
type location struct {
	object  *object
	release func() // gives its lane to another file
	done    chan struct{}

	target *url.URL // when done
	err    error    // likewise
	ends   time.Time
}

func (l *location) ask(ctx context.Context) {
	defer close(l.done)
	if l.target, l.err = l.object.ask(ctx); l.err == nil {
		l.ends = time.Now().Add(lifeOf(l.target))
	}
}

// take gives the location to the transfer: nil if it is too old by now.
func (l *location) take(ctx context.Context) (*url.URL, error) {
	defer l.release()
	select {
	case <-l.done:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if l.err == nil && !time.Now().Before(l.ends) {
		return nil, nil
	}
	return l.target, l.err
}

// lifeOf is how long a signed URL is used that is asked for ahead.
func lifeOf(signed *url.URL) time.Duration {
	seconds, err := strconv.ParseUint(signed.Query().Get("X-Amz-Expires"), 10, 32)
	if err != nil {
		return defaultLocationAge
	}
	return min(time.Duration(seconds)*time.Second*9/10, maxLocationAge)
}
