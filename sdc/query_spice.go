package sdc

import (
	"strconv"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/sdc/internal/ephemeris"
)

// How the lists of SPICE files take a query. Kernels are asked for by the ephemeris time
// that they cover. The tables of spins, repointings and thruster firings have a few
// hundred rows and filters that differ: they are asked for whole, and filtered and
// ranked here by their files' names.

func (p *plan) fileName([]string) error {
	p.set("file_name", p.file.Filename())
	return nil
}

// kernelVersion: the server ranks all versions of a kernel, whatever else is asked.
func (p *plan) kernelVersion(values []string) error {
	if err := onlyLatest(values); err != nil {
		return err
	}
	p.set("latest", "true")
	return nil
}

// spiceTableVersion: the server answers latest with an error.
func (p *plan) spiceTableVersion(values []string) error {
	p.latest = true
	return onlyLatest(values)
}

func onlyLatest(values []string) error {
	if values[0] != string(Latest) {
		return usagef("query: version %q: table spice takes version 'latest' only; filter the answer for another", values[0])
	}
	return nil
}

// ingestedTo: the server stops at the beginning of the day that it is given, so the
// following day is asked for, and what came on that day is dropped here.
func (p *plan) ingestedTo(values []string) error {
	last := Date(values[0])
	if next, err := last.AddDays(1); err == nil {
		p.set("end_ingest_date", string(next))
	}
	p.keep(func(r *Record) bool { return dayOf(r.Text("ingestion_date")) <= last })
	return nil
}

// coverageFrom asks for kernels that cover any moment from the beginning of a day on.
func (p *plan) coverageFrom(values []string) error {
	day, err := Date(values[0]).start()
	p.set("start_time", ephemerisTime(day))
	return err
}

// coverageTo asks for kernels that cover any moment up to the end of a day.
func (p *plan) coverageTo(values []string) error {
	day, err := Date(values[0]).start()
	p.set("end_time", ephemerisTime(day.AddDate(0, 0, 1)))
	return err
}

func (p *plan) overlapFrom(values []string) error {
	p.keep(func(r *Record) bool { return lastDay(r) >= Date(values[0]) })
	return nil
}

func (p *plan) overlapTo(values []string) error {
	p.keep(func(r *Record) bool { return firstDay(r) <= Date(values[0]) })
	return nil
}

// firstDay is the first day of a row of a SPICE table, as its name says; that of a
// repointing table is its one day.
func firstDay(r *Record) Date {
	name, err := naming.ParseSPICE(r.Filename())
	switch {
	case err != nil:
		return dayOf(r.Text("start_date"))
	case name.StartDate == "":
		return Date(name.EndDate)
	}
	return Date(name.StartDate)
}

func lastDay(r *Record) Date {
	if name, err := naming.ParseSPICE(r.Filename()); err == nil {
		return Date(name.EndDate)
	}
	return dayOf(r.Text("end_date"))
}

// dayOf is the day of a time as rows give it: 20260110 08:24:50 or 2026-01-10, 08:24:50.
func dayOf(text string) Date {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	return Date(digits[:min(len("YYYYMMDD"), len(digits))])
}

// ephemerisTime is a moment as the archive takes it.
func ephemerisTime(t time.Time) string {
	return strconv.FormatFloat(ephemeris.Seconds(t), 'f', 3, 64)
}
