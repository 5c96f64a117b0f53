package sample

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"imapsh/naming"
)

// How long the archive is, and the days that stand out in it, counted from its first.
const (
	days = 42

	firstUnreleased = days - 2 // products from this day on are not public yet

	// One campaign made the second week anew as major version 2.
	firstRemade = 7
	lastRemade  = 13
	campaignDay = 32 // the day before the first of them came in
)

// firstDay is the first day of the archive that Files lists.
const firstDay = "20260101"

// FirstLastDay is the earliest last day that an archive has, and that of [Files].
const FirstLastDay = "20260211"

// firstRepointing is the number of the pointing of 2026-01-01; there is one a day.
const firstRepointing = 112

// Files lists the archive that documentation and tests show: its last day is
// [FirstLastDay], and everything that ever came in is there.
func Files() []File {
	last := startOf(FirstLastDay)
	return FilesUntil(last, last.AddDate(1, 0, 0))
}

// FilesUntil lists the sample archive in the order of the paths, about 4,000 files: six
// weeks whose last day is given, UTC, [FirstLastDay] or later, without the files that come
// in after now. The same arguments give the same list, in a new slice.
//
// Most products have one version, v001.0001; one in six has later minor
// versions, and the second week was reprocessed as v002.0001. A file came in on
// the day after the last day it covers, later versions later. The products of the
// last two days are not released.
func FilesUntil(lastDay, now time.Time) []File {
	files := make([]File, 0, 4096)
	first := lastDay.UTC().Truncate(24*time.Hour).AddDate(0, 0, 1-days)
	for _, s := range products {
		files = s.appendFiles(files, first)
	}
	for _, a := range ancillaries {
		files = a.from(first).appendFiles(files)
	}
	files = appendKernels(files, first)
	files = appendInputs(files, first)
	files = slices.DeleteFunc(files, func(f File) bool { return f.Ingested.After(now) })
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// daysBetween is the number of days from one midnight in UTC to another.
func daysBetween(from, to time.Time) int { return int(to.Sub(from).Hours()) / 24 }

// appendFiles adds every file of a series of products in the archive whose first day
// is given: each period, each version.
func (s series) appendFiles(files []File, first time.Time) []File {
	for day := 0; day < days; day += s.every.days() {
		start := first.AddDate(0, 0, day)
		p := naming.Product{
			Instrument: s.instrument,
			DataLevel:  s.level,
			Descriptor: s.descriptor,
			StartDate:  start.Format(dayLayout),
			Extension:  "cdf",
		}
		switch {
		case s.quicklook:
			p.Extension = "png"
		case s.level == "l0":
			p.Extension = "pkts"
		}
		if s.every == pointing {
			repointing := firstRepointing + daysBetween(startOf(firstDay), start)
			p.Repointing = &repointing
		}
		released := day < firstUnreleased
		if s.every == map3months {
			files = s.appendMap(files, p, start, released)
			continue
		}
		files = s.appendVersions(files, p, start, released)
		if s.remade && firstRemade <= day && day <= lastRemade {
			p.Version = naming.Version{Major: 2, Minor: 1}
			files = append(files, s.file(p, first.AddDate(0, 0, campaignDay+1+day-firstRemade), released))
		}
	}
	return files
}

// appendVersions adds the minor versions of one product that starts on a day.
func (s series) appendVersions(files []File, p naming.Product, start time.Time, released bool) []File {
	p.Version = naming.Version{Major: 1, Minor: 1}
	whole := start.AddDate(0, 0, s.every.days())
	for range minorVersions(p) {
		// Two days apart, so that the time of day cannot turn the order round.
		wait := 2 * (p.Version.Minor - 1)
		files = append(files, s.file(p, whole.AddDate(0, 0, wait), released))
		p.Version.Minor++
	}
	return files
}

// appendMap adds the versions of a sky map, which is made anew every week while
// its months go by.
func (s series) appendMap(files []File, p naming.Product, start time.Time, released bool) []File {
	for week := 1; week*7 <= days; week++ {
		p.Version = naming.Version{Major: 1, Minor: week}
		files = append(files, s.file(p, start.AddDate(0, 0, week*7), released))
	}
	return files
}

// file is a product that came in during the day from midnight on.
func (s series) file(p naming.Product, midnight time.Time, released bool) File {
	path := s.path(p)
	return File{
		Path:     path,
		Ingested: arrival(midnight, path),
		Released: released,
	}
}

func (s series) path(p naming.Product) string {
	if s.quicklook {
		return naming.QuicklookFilePath{Product: p}.ArchivePath()
	}
	return naming.ScienceFilePath{Product: p}.ArchivePath()
}

// minorVersions is how many versions of a product there are before any
// reprocessing; a quicklook picture has as many as the data it shows.
func minorVersions(p naming.Product) int {
	key := fmt.Sprint("versions of ", p.Instrument, " ", p.DataLevel, " ", p.Descriptor, " ", p.StartDate)
	switch draw := noiseFrom(key).below(100); {
	case draw < 5:
		return 3
	case draw < 18:
		return 2
	}
	return 1
}

// arrival is a time of the day from midnight on that the path decides.
func arrival(midnight time.Time, path string) time.Time {
	second := noiseFrom("arrival of " + path).below(secondsPerDay)
	return midnight.Add(time.Duration(second) * time.Second)
}
