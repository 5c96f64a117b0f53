package archive

import (
	"errors"
	"io"
	"sync"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/ephemeris"
	"imapsh/sdc/spice"
)

// coverages remembers what binary kernels cover: the summaries of a kernel are read once.
type coverages struct {
	mu    sync.Mutex
	known map[coverageKey][]span // empty: what the name says
}

// coverageKey is a kernel at a time, since one in a served directory may be replaced.
type coverageKey struct {
	path     string
	ingested time.Time
}

// cover replaces the coverage that names give by that of the kernels themselves, where they
// are SPK or CK kernels and can be read. Those count in seconds or in the spacecraft's clock, which
// the newest leap second and clock kernels of the archive convert.
func (a *Archive) cover(files []spiceFile) {
	a.coverages.mu.Lock()
	defer a.coverages.mu.Unlock()
	var leaps *spice.LeapSeconds
	var clock *spice.Clock
	ready := false
	for i := range files {
		f := &files[i]
		if f.Extension != "bsp" && f.Extension != "bc" {
			continue
		}
		key := coverageKey{f.path, f.ingested}
		spans, known := a.coverages.known[key]
		if !known {
			if !ready {
				ready, leaps, clock = true, a.leapSeconds(files), nil
				if leaps != nil {
					clock = a.clock(files, leaps)
				}
			}
			var err error
			if spans, err = a.summaries(f.path, leaps, clock); err != nil {
				a.log.Debug("the coverage of the kernel is that of its name", "path", f.path, "reason", err)
			}
			if a.coverages.known == nil {
				a.coverages.known = map[coverageKey][]span{}
			}
			a.coverages.known[key] = spans
		}
		if len(spans) > 0 {
			f.spans = spans
		}
	}
}

// summaries reads what a binary kernel covers.
func (a *Archive) summaries(path string, leaps *spice.LeapSeconds, clock *spice.Clock) ([]span, error) {
	if leaps == nil {
		return nil, errors.New("the archive has no leap second kernel that can be read")
	}
	object, err := a.store.Open(path)
	if err != nil {
		return nil, err
	}
	defer object.Close()
	reader, ok := object.(io.ReaderAt)
	if !ok {
		return nil, errors.New("the store reads from the start only")
	}
	coverage, err := spice.Cover(reader, leaps, clock)
	if err != nil {
		return nil, err
	}
	var spans []span
	for _, interval := range coverage.All() {
		spans = append(spans, span{momentOf(interval.Start), momentOf(interval.End)})
	}
	return spans, nil
}

// momentOf is the UTC of a time of package spice, which counts Terrestrial Time.
func momentOf(t spice.Time) time.Time { return ephemeris.UTC(float64(t) / 1e9) }

// leapSeconds are those of the newest kernel that can be read, nil if none can.
func (a *Archive) leapSeconds(files []spiceFile) *spice.LeapSeconds {
	pool := a.newestPool(files, "leapseconds")
	if pool == nil {
		return nil
	}
	leaps, err := spice.ReadLeapSeconds(pool)
	if err != nil {
		a.log.Warn("the newest leap second kernel cannot be read", "error", err)
		return nil
	}
	return leaps
}

// clock is the spacecraft's of the newest kernel, nil if it cannot be read.
func (a *Archive) clock(files []spiceFile, leaps *spice.LeapSeconds) *spice.Clock {
	pool := a.newestPool(files, "spacecraft_clock")
	if pool == nil {
		return nil
	}
	clock, err := spice.ReadClock(pool, leaps)
	if err != nil {
		a.log.Warn("the newest clock kernel cannot be read", "error", err)
		return nil
	}
	return clock
}

// newestPool reads the text kernel of the highest version of a type.
func (a *Archive) newestPool(files []spiceFile, kind naming.KernelType) *spice.Pool {
	var newest *spiceFile
	for i, f := range files {
		if f.Type == kind && (newest == nil || naming.VersionOf(newest.SPICEFilePath).Compare(naming.VersionOf(f.SPICEFilePath)) < 0) {
			newest = &files[i]
		}
	}
	if newest == nil {
		return nil
	}
	object, err := a.store.Open(newest.path)
	if err != nil {
		return nil
	}
	defer object.Close()
	pool, err := spice.ReadPool(object)
	if err != nil {
		return nil
	}
	return pool
}
