package sdc

import (
	"context"
	"sync"

	"golang.org/x/sync/semaphore"

	"imapsh/naming"
	"imapsh/sdc/internal/datadir"
)

// maxAhead is how many locations of files whose transfer has not begun are known, or
// asked for, at a time.
const maxAhead = 8

// lookahead asks where the next files of a download lie while others move, so that a
// transfer need not begin with that question. It asks in the order of the files, and only
// for those that are not here.
type lookahead struct {
	client    *Client
	dir       *datadir.Dir
	overwrite bool     // files that are here are fetched too
	names     []string // of the files, in order
	lanes     *semaphore.Weighted
	started   sync.Once
	cancel    context.CancelFunc // nil: not started
	running   sync.WaitGroup

	mu      sync.Mutex
	objects map[string]*object // by archive path: those asked about, or whose transfer began
}

func newLookahead(c *Client, dir *datadir.Dir, overwrite bool) *lookahead {
	return &lookahead{client: c, dir: dir, overwrite: overwrite, lanes: semaphore.NewWeighted(maxAhead), objects: map[string]*object{}}
}

// start begins to ask, when the API has answered the first question of a transfer: one
// that knows no file or no caller is not asked eight times more.
func (l *lookahead) start(ctx context.Context) {
	l.started.Do(func() {
		if len(l.names) > 1 {
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
	if info, err := l.dir.Stat(path.ArchivePath()); err != nil || info != nil && !l.overwrite {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.objects[path.ArchivePath()] != nil {
		return nil
	}
	o := &object{client: l.client, path: path.ArchivePath()}
	o.ahead = &location{object: o, release: sync.OnceFunc(func() { l.lanes.Release(1) }), done: make(chan struct{})}
	l.objects[o.path] = o
	return o.ahead
}

// object is the one of a file whose transfer begins, with the context of all transfers.
func (l *lookahead) object(ctx context.Context, path string) *object {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.objects[path] == nil {
		l.objects[path] = &object{client: l.client, path: path, located: func() { l.start(ctx) }}
	}
	return l.objects[path]
}
