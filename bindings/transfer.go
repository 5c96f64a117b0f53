package bindings

import (
	"context"
	"errors"
	"fmt"

	"imapsh/bindings/present"
	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/sdc"
)

// files is what download takes: a name, an archive path, a record, a path
// object, an entry of a report, or a list of any of these.
type files struct {
	list []sdc.File
	many bool
}

// Decode reads the forms of files.
func (f *files) Decode(value any) error {
	items, many := value.([]any)
	if !many {
		items = []any{value}
	}
	f.many = many
	for i, item := range items {
		file, ok := fileOf(item)
		if !ok {
			where := ""
			if many {
				where = fmt.Sprintf(" (item %d of the list)", i)
			}
			return api.Usagef("must be a file name, an archive path, a record of a query, a path object, or a list of these%s", where)
		}
		f.list = append(f.list, file)
	}
	return nil
}

func fileOf(value any) (sdc.File, bool) {
	switch v := value.(type) {
	case string:
		return sdc.File{Name: v}, v != ""
	case *sdc.Record:
		return v.File(), true
	case interface{ ArchivePath() string }: // a path object
		return sdc.File{Name: v.ArchivePath()}, true
	case present.Transfer:
		return sdc.File{Name: v.FilePath, IngestionDate: v.IngestionDate}, true
	case map[string]any: // a copy of a record, changed perhaps
		ingested, _ := v["ingestion_date"].(string)
		for _, key := range []string{"file_path", "filename"} {
			if path, ok := v[key].(string); ok && path != "" {
				return sdc.File{Name: path, IngestionDate: ingested}, true
			}
		}
	}
	return sdc.File{}, false
}

type downloadOptions struct {
	sdc.DownloadOptions
	KeepGoing bool `name:"keep_going" doc:"give the report of a list even when some files failed, instead of throwing"`
}

type downloadInput struct {
	Files files `arg:"files" complete:"filename" doc:"a name, an archive path, a record, a path object, or a list of these"`
	downloadOptions
}

func (h Host) download() *api.Func {
	return api.Define("download", "Fetches files into DATA_DIR; gives the path, or a TransferReport for a list.",
		func(ctx context.Context, in downloadInput) (any, error) {
			report, err := h.fetch(ctx, in.Files.list, in.downloadOptions)
			if in.Files.many {
				return report, err
			}
			return onlyPath(report, err, func(t sdc.Transfer) string { return t.Path })
		},
		api.Example("download('imap_swe_l0_raw_20260105_v001.0001.pkts')"),
		api.Example("download(query({instrument: 'swe', data_level: 'l2', start_date: '20260201'}), {concurrency: 4})"),
	)
}

// fetch downloads a list, telling the progress of it.
func (h Host) fetch(ctx context.Context, files []sdc.File, o downloadOptions) (Report, error) {
	client, err := h.archive("download")
	if err != nil {
		return nil, err
	}
	report, err := Shown(h.progress("download", len(files)), func(progress func(sdc.Event)) (sdc.Report, error) {
		o.DownloadOptions.Progress = progress
		return client.DownloadFiles(ctx, files, o.DownloadOptions)
	})
	var failed *sdc.TransferError
	if o.KeepGoing && errors.As(err, &failed) {
		err = nil
	}
	return Report(present.Transfers(report)), err
}

// Shown carries out a transfer of files and shows its progress, to the end.
func Shown(progress Progress, carryOut func(func(sdc.Event)) (sdc.Report, error)) (sdc.Report, error) {
	report, err := carryOut(progress.Event)
	progress.Finished(report)
	return report, err
}

// onlyPath is the outcome of a call for one file, whose error is the file's own;
// keep_going is for lists.
func onlyPath(report Report, err error, path func(sdc.Transfer) string) (any, error) {
	if len(report) == 1 && report[0].Err != nil {
		return nil, report[0].Err
	}
	if err != nil {
		return nil, err
	}
	return path(report[0].Transfer), nil
}

type uploadInput struct {
	Paths paths `arg:"paths" complete:"path" doc:"a file of this machine, or a list of them"`
	sdc.UploadOptions
}

// paths is one local path or a list of them.
type paths struct {
	names []string
	many  bool
}

// Decode reads a path or a list; a path object stands for its place in DATA_DIR.
func (p *paths) Decode(value any) error {
	var f files
	if err := f.Decode(value); err != nil {
		return api.Usagef("must be the path of a file on this machine, or a list of them")
	}
	for _, file := range f.list {
		p.names = append(p.names, home.Expand(file.Name))
	}
	p.many = f.many
	return nil
}

func (h Host) upload() *api.Func {
	return api.Define("upload", "Sends files to the archive; gives the archive path, or a TransferReport for a list.",
		func(ctx context.Context, in uploadInput) (any, error) {
			if err := h.Sandbox.Check(sandbox.Upload); err != nil {
				return nil, err
			}
			in.Open = h.Sandbox.OpenUpload
			client, err := h.archive("upload")
			if err != nil {
				return nil, err
			}
			report, err := Shown(h.progress("upload", len(in.Paths.names)), func(progress func(sdc.Event)) (sdc.Report, error) {
				in.Progress = progress
				return client.UploadAll(ctx, in.Paths.names, in.UploadOptions)
			})
			if in.Paths.many {
				return Report(present.Transfers(report)), err
			}
			return onlyPath(Report(present.Transfers(report)), err, func(t sdc.Transfer) string { return t.FilePath })
		},
	)
}

func transferClass() *api.Class {
	props := make([]api.Prop, len(present.TransferFields))
	for i, field := range present.TransferFields {
		props[i] = api.Prop{Name: field.Name, Doc: field.Doc}
	}
	return api.NewClass("Transfer", "What became of one file; an entry of a TransferReport.", api.Describe[present.Transfer](props...))
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
		api.Text(func(r Report) string { return r.plain().Summary() }),
		api.Inspected(func(r Report) string { return r.text() }),
		api.Brief(func(r Report) string { return fmt.Sprintf("TransferReport(%d) %s", len(r), r.plain().Summary()) }),
	)
}

// text is what the prompt shows of a report: the failures one by one, the rest
// as a sum.
func (r Report) text() string {
	report := r.plain()
	return present.Failures(report) + "TransferReport: " + report.Summary() + present.Remarks(report, "latest() on the FileList keeps the newest")
}

// plain is the report as the client gave it.
func (r Report) plain() sdc.Report {
	plain := make(sdc.Report, len(r))
	for i, t := range r {
		plain[i] = t.Transfer
	}
	return plain
}
