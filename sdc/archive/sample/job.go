package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"imapsh/naming"
	"imapsh/sdc/archive"
)

// processing is a product whose processing the sample archive records, with what it is
// made of.
type processing struct {
	product, input series
	calibration    string // an ancillary file, up to its version
}

// processings are fixed; nothing changes them. The calibrations are those whose dates are the
// same in every archive.
var processings = []processing{
	{series{instrument: "mag", level: "l2", descriptor: "norm-dsrf"}, series{instrument: "mag", level: "l1c", descriptor: "norm-mago"}, "imap_mag_l1b-calibration_20251017_v%03d.cdf"},
	{series{instrument: "swe", level: "l2", descriptor: "sci"}, series{instrument: "swe", level: "l1b", descriptor: "sci"}, "imap_swe_eu-conversion_20250301_v%03d.csv"},
}

// The versions of lists of inputs. The second is that of a job that failed: it wants a
// calibration which is not in the archive.
const (
	defaultInputs = 1
	missingInputs = 2
	missing       = 9 // version of that calibration
)

// inputs is the list of a product's inputs.
func (p processing) inputs(day time.Time, version int) naming.DependencyFilePath {
	return naming.DependencyFilePath{Product: naming.Product{
		Instrument: p.product.instrument, DataLevel: p.product.level, Descriptor: p.product.descriptor, StartDate: day.Format(dayLayout),
		Version: naming.Version{Major: 1, Minor: version}, Extension: "json",
	}}
}

// failed reports whether a product's job of a day failed: that of SWE on the last.
func (p processing) failed(day int) bool { return day == days-1 && p.product.instrument == "swe" }

// appendInputs adds the lists of inputs of the processed products.
func appendInputs(files []File, first time.Time) []File {
	for _, p := range processings {
		for day := range days {
			start, version := first.AddDate(0, 0, day), defaultInputs
			if p.failed(day) {
				version = missingInputs
			}
			path := p.inputs(start, version).ArchivePath()
			files = append(files, File{Path: path, Ingested: arrival(start.AddDate(0, 0, 1), path), Released: true})
		}
	}
	return files
}

// inputsOf is the content of a list of inputs, in the form of the archive's.
func inputsOf(name naming.DependencyFilePath) []byte {
	for _, p := range processings {
		if p.product.instrument != name.Instrument || p.product.level != name.DataLevel || p.product.descriptor != name.Descriptor {
			continue
		}
		calibration := 1
		if name.Version.Minor == missingInputs {
			calibration = missing
		}
		input := fmt.Sprintf("imap_%s_%s_%s_%s_v001.0001.cdf", p.input.instrument, p.input.level, p.input.descriptor, name.StartDate)
		return fmt.Appendf(nil, `[{"type": "science", "files": ["%s"]}, {"type": "ancillary", "files": ["%s"]}, {"type": "spice", "files": ["naif0012.tls", "imap_sclk_0000.tsc"]}]`,
			input, fmt.Sprintf(p.calibration, calibration))
	}
	return nil
}

// jobTime is how a moment stands in a job.
const jobTime = "2006-01-02T15:04:05"

// Jobs are runs of the processing of the archive whose last day is given, in the order in
// which they began: one that succeeded, one that failed since an input is missing, and one
// that runs.
func Jobs(lastDay time.Time) []archive.Job {
	mag, swe := processings[0], processings[1]
	last := lastDay.UTC().Truncate(24 * time.Hour)
	good, bad, running := mag.job(last.AddDate(0, 0, -2), defaultInputs), swe.job(last, missingInputs), mag.job(last, defaultInputs)
	stop := func(day time.Time) *string {
		stopped := day.Add(12*time.Hour + 5*time.Minute).Format(jobTime)
		return &stopped
	}
	good.Status, good.StoppedAt = "SUCCEEDED", stop(last.AddDate(0, 0, -2))
	good.Log = "reading the inputs\nwriting the product\ndone\n"
	bad.Status, bad.StoppedAt = "FAILED", stop(last)
	bad.Log = "reading the inputs\nFileNotFoundError: " + fmt.Sprintf(swe.calibration, missing) + " is not in the archive\nthe task failed with exit code 1\n"
	running.Log = "reading the inputs\n"
	return []archive.Job{good, bad, running}
}

// job is one that has begun, at noon of its day.
func (p processing) job(day time.Time, version int) archive.Job {
	name := p.inputs(day, version)
	sum := sha256.Sum256(inputsOf(name))
	text := func(s string) *string { return &s }
	major, minor := name.Version.Major, name.Version.Minor
	definition := fmt.Sprintf("sample-%s-%s", p.product.instrument, p.product.level)
	return archive.Job{
		Status: "INPROGRESS", Instrument: text(string(p.product.instrument)), DataLevel: text(string(p.product.level)),
		Descriptor: text(p.product.descriptor), StartDate: text(day.Format(jobTime)), MajorVersion: &major, MinorVersion: &minor,
		DependencyHash: text(hex.EncodeToString(sum[:])), JobDefinition: text(definition + ":1"),
		LogStream:      definition + "/default/" + hex.EncodeToString(sum[:6]),
		ContainerImage: text("sample"), ContainerDigest: text("sha256:" + hex.EncodeToString(sum[:])),
		Command:   text(fmt.Sprintf("imap_cli --instrument %s --data-level %s --start-date %s --dependency %s", p.product.instrument, p.product.level, day.Format(dayLayout), name.Filename())),
		StartedAt: text(day.Add(12 * time.Hour).Format(jobTime)),
	}
}
