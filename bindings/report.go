package bindings

import (
	"fmt"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

func transferClass() *api.Class {
	props := make([]api.Prop, len(present.TransferFields))
	for i, field := range present.TransferFields {
		props[i] = api.Prop{Name: field.Name, Doc: field.Doc}
	}
	return api.NewClass("Transfer", "The result of one file; an entry of a TransferReport.", api.Describe[present.Transfer](props...),
		api.Typed[present.Transfer](map[string]string{"bytes": "number", "size": "number | null", "seconds": "number", "verified": "string | null", "error": "any"}))
}

// Report is a list's outcome.
type Report []present.Transfer

func (r Report) with(statuses ...sdc.Status) Report {
	kept := Report{}
	for _, t := range r {
		for _, status := range statuses {
			if t.Status == status {
				kept = append(kept, t)
			}
		}
	}
	return kept
}

func reportClass() *api.Class {
	return api.NewList("TransferReport", "The per-file results of a download or an upload, in the order they were asked for.",
		api.Getter("downloaded", "entries that were fetched", func(r Report) any { return r.with(sdc.Downloaded) }),
		api.Getter("replaced", "entries that were there, differed from the archive's and were fetched", func(r Report) any { return r.with(sdc.Replaced) }),
		api.Getter("uploaded", "entries that were sent", func(r Report) any { return r.with(sdc.Uploaded) }),
		api.Getter("skipped", "entries that were there already", func(r Report) any { return r.with(sdc.Skipped) }),
		api.Getter("failed", "entries that failed; download(report.failed) tries them again", func(r Report) any { return r.with(sdc.Failed) }),
		api.Typed[Report](map[string]string{
			"downloaded": "TransferReport", "replaced": "TransferReport", "uploaded": "TransferReport", "skipped": "TransferReport", "failed": "TransferReport",
		}),
		api.Text(func(r Report) string { return r.Plain().Summary() }),
		api.Inspected(func(r Report) string { return r.text() }),
		api.Brief(func(r Report) string { return fmt.Sprintf("TransferReport(%d) %s", len(r), r.Plain().Summary()) }),
	)
}

// text is what the prompt shows of a report: the failures one by one, the rest
// as a sum.
func (r Report) text() string {
	report := r.Plain()
	return present.Failures(report) + "TransferReport: " + report.Summary() + present.Remarks(report, "latest() on the FileList keeps the newest")
}

// Plain is the report as the client gave it.
func (r Report) Plain() sdc.Report {
	plain := make(sdc.Report, len(r))
	for i, t := range r {
		plain[i] = t.Transfer
	}
	return plain
}
