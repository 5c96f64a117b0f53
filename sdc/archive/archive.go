package archive

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"golang.org/x/sync/singleflight"
)

// Options say what an Archive holds and whom it serves.
type Options struct {
	Store      Store            // the bytes; needed
	Catalog    string           // path of the SQLite file, created with its folder; "" keeps the catalog in memory
	Keys       []string         // API keys (and tokens, under /authorized) that are accepted
	ReadKeys   []string         // keys that are accepted, but not for uploads
	MaxUpload  int64            // maximum size of an upload in bytes; 0: no limit
	Unreleased []string         // archive paths that are hidden from anonymous callers
	Jobs       []Job            // runs of the processing, which are recorded when the archive opens
	Now        func() time.Time // nil: time.Now
	Log        *slog.Logger     // nil: discards
}

// Archive answers for a store and its catalog. Its handlers may serve at the
// same time.
type Archive struct {
	store      Store
	catalog    *catalog
	keys       []keyDigest
	readKeys   []keyDigest
	maxUpload  int64
	stall      time.Duration // how long a transfer may make no progress
	unreleased []string
	now        func() time.Time
	log        *slog.Logger
	signer     signer
	coverages  coverages
	hashing    singleflight.Group // MD5s being computed, by path, size and time
}

// Open opens the catalog and catalogues what is new in the store. The paths of
// Options.Unreleased are hidden from now on, in a catalog on disk also when a
// later Open does not name them; what else is hidden stays so. A catalog that
// cannot be created is an error that wraps the operating system's, such as
// fs.ErrPermission.
func Open(ctx context.Context, o Options) (*Archive, error) {
	if o.Store == nil {
		return nil, errors.New("opening the archive: no store")
	}
	a := &Archive{
		store:      o.Store,
		keys:       digestKeys(o.Keys),
		readKeys:   digestKeys(o.ReadKeys),
		maxUpload:  o.MaxUpload,
		stall:      time.Minute,
		unreleased: slices.Clone(o.Unreleased),
		now:        o.Now,
		log:        o.Log,
	}
	if a.now == nil {
		a.now = time.Now
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	secret := make([]byte, 32)
	rand.Read(secret) // never fails
	a.signer = signer{secret, a.now}

	var err error
	if a.catalog, err = openCatalog(ctx, o.Catalog); err != nil {
		return nil, err
	}
	if err := a.Rescan(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("cataloguing the store: %w", err), a.catalog.close())
	}
	if err := a.catalog.change(ctx, func(w *change) error { return w.record(o.Jobs) }); err != nil {
		return nil, errors.Join(err, a.catalog.close())
	}
	return a, nil
}

// Close closes the catalog and, if it is an io.Closer, the store. Requests
// still being answered fail.
func (a *Archive) Close() error {
	err := a.catalog.close()
	if closer, ok := a.store.(io.Closer); ok {
		err = errors.Join(err, closer.Close())
	}
	return err
}
