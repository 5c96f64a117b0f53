package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"imapsh/bindings/present"
	"imapsh/sdc"
)

// printReport prints the result of each file of a download or an upload, and on standard
// error their sum where nobody has shown it; a dry run only planned them.
func (c *cli) printReport(verb string, report sdc.Report, err error, dryRun bool, took time.Duration) error {
	if c.flags.json {
		if jsonErr := writeJSON(c.stdout, present.Transfers(report)); jsonErr != nil {
			return jsonErr
		}
		return asUsage(err)
	}
	if _, printErr := io.WriteString(c.stdout, present.Results(verb, report, dryRun)); printErr != nil {
		return printErr
	}
	var failed *sdc.TransferError
	several := len(report) > 1 && errors.As(err, &failed)
	if !c.flags.quiet {
		fmt.Fprint(c.stderr, present.Replacements(report))
		allFailed := len(report.With(sdc.Failed)) == len(report) // which the error says
		if !allFailed && len(report) > 1 || len(report.With(sdc.Skipped))+len(report.With(sdc.Planned)) > 0 {
			fmt.Fprintln(c.stderr, present.Outcome(report, took, interrupted))
		}
		if verb == "download" {
			remarks := present.Remarks(report, "query --version latest finds the newest alone")
			fmt.Fprint(c.stderr, strings.TrimPrefix(remarks+"\n", "\n"))
		}
	} else if several { // nobody has shown each of them
		for _, t := range failed.Report.With(sdc.Failed) {
			if !stopped(t) {
				fmt.Fprintln(c.stderr, present.FailureLine(t))
			}
		}
	}
	if several {
		return asUsage(listError{failed})
	}
	return asUsage(err)
}

// listError is a TransferError whose failures have been shown one by one.
type listError struct{ *sdc.TransferError }

// Error is how many there were, and what cancelled the others.
func (e listError) Error() string {
	text := e.Report.FailureCount()
	if _, cancelled := e.Report.Failures(); len(cancelled) > 0 {
		text += ", since the error affects every file: " + sdc.Brief(e.Report.FirstFailure().Err)
	}
	return text
}

// Unwrap is the error with all of them.
func (e listError) Unwrap() error { return e.TransferError }
