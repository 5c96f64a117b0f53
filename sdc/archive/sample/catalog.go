package sample

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"imapsh/naming"
)

// The days of the archive, and those that stand out in it.
const (
	firstDay = "20260101"
	days     = 42

	firstUnreleased = "20260210" // products from this day on are not public yet

	// One campaign made the second week of January anew as major version 2.
	firstRemade = "20260108"
	lastRemade  = "20260114"
	campaignDay = "20260202" // the day before the first of them came in

	firstRepointing = 112 // the pointing of firstDay; there is one a day
)

// Files lists the sample archive in the order of the paths, about 4,000 files.
// Every call gives a new slice with the same elements.
//
// Most products have one version, v001.0001; one in six has later minor
// versions, and a week of January was reprocessed as v002.0001. A file came in on
// the day after the last day it covers, later versions later. The products of the
// last two days are not released.
func Files() []File {
	files := make([]File, 0, 4096)
	for _, s := range products {
		files = s.appendFiles(files)
	}
	for _, a := range ancillaries {
		files = a.appendFiles(files)
	}
	slices.SortFunc(files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// appendFiles adds every file of a series of products: each period, each version.
func (s series) appendFiles(files []File) []File {
	first := startOf(firstDay)
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
			repointing := firstRepointing + day
			p.Repointing = &repointing
		}
		if s.every == map3months {
			files = s.appendMap(files, p, start)
			continue
		}
		files = s.appendVersions(files, p, start)
	}
	return files
}

// appendVersions adds the versions of one product that starts on a day.
func (s series) appendVersions(files []File, p naming.Product, start time.Time) []File {
	p.Version = naming.Version{Major: 1, Minor: 1}
	whole := start.AddDate(0, 0, s.every.days())
	for range minorVersions(p) {
		// Two days apart, so that the time of day cannot turn the order round.
		wait := 2 * (p.Version.Minor - 1)
		files = append(files, s.file(p, whole.AddDate(0, 0, wait)))
		p.Version.Minor++
	}
	if s.remade && firstRemade <= p.StartDate && p.StartDate <= lastRemade {
		p.Version = naming.Version{Major: 2, Minor: 1}
		wait := start.Sub(startOf(firstRemade))
		files = append(files, s.file(p, startOf(campaignDay).AddDate(0, 0, 1).Add(wait)))
	}
	return files
}

// appendMap adds the versions of a sky map, which is made anew every week while
// its months go by.
func (s series) appendMap(files []File, p naming.Product, start time.Time) []File {
	for week := 1; week*7 <= days; week++ {
		p.Version = naming.Version{Major: 1, Minor: week}
		files = append(files, s.file(p, start.AddDate(0, 0, week*7)))
	}
	return files
}

// file is a product that came in during the day from midnight on.
func (s series) file(p naming.Product, midnight time.Time) File {
	path := s.path(p)
	return File{
		Path:     path,
		Ingested: arrival(midnight, path),
		Released: p.StartDate < firstUnreleased,
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
