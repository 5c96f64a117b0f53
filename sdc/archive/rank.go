package archive

import "strings"

// ranking says which of the versions of a file an answer holds.
type ranking int

const (
	rankNone        ranking = iota // all
	rankNewest                     // those of the highest version
	rankLatestMajor                // every minor version of the highest major version
)

// candidate is a row that waits until the versions beside it are known.
type candidate struct {
	start, end int // its text in ranker.text
	repointing int // -1: none
	major      int // -1: none, which is below every other
	minor      int
}

// ranker chooses among rows that come in the order of their paths. Rows are
// versions of one file if they have instrument, data level, descriptor, start
// date and repointing in common. All but the last are the beginning of a path,
// so such rows come together, and no more than those of one such beginning have
// to be kept at a time.
type ranker struct {
	ranking ranking
	series  string // the beginning of the paths of those that wait
	text    []byte
	waiting []candidate
	best    map[int]candidate // by repointing; of use in flush only
}

func newRanker(r ranking) *ranker {
	return &ranker{ranking: r, best: map[int]candidate{}}
}

// series is the part of a product's path before what distinguishes the files of
// one day: before the repointing or rotation and the version.
func series(path string) string {
	version := strings.LastIndexByte(path, '_')
	if version < 0 {
		return path
	}
	period := strings.LastIndexByte(path[:version], '_') + 1
	return path[:min(period+len("20060102"), version)]
}

// add takes the next row, and emits those that were waiting when it is the first
// of another series.
func (r *ranker) add(path string, row []byte, c candidate, emit func([]byte)) {
	if s := series(path); s != r.series {
		r.flush(emit)
		r.series = s
	}
	c.start = len(r.text)
	r.text = append(r.text, row...)
	c.end = len(r.text)
	r.waiting = append(r.waiting, c)
}

// flush emits those of the waiting rows that an answer holds, in their order.
func (r *ranker) flush(emit func([]byte)) {
	clear(r.best)
	for _, c := range r.waiting {
		if best, found := r.best[c.repointing]; !found || r.below(best, c) {
			r.best[c.repointing] = c
		}
	}
	for _, c := range r.waiting {
		if !r.below(c, r.best[c.repointing]) {
			emit(r.text[c.start:c.end])
		}
	}
	r.waiting, r.text = r.waiting[:0], r.text[:0]
}

// below reports whether the version of c is too old beside other.
func (r *ranker) below(c, other candidate) bool {
	return c.major < other.major ||
		r.ranking == rankNewest && c.major == other.major && c.minor < other.minor
}
