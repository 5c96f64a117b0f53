package bindings

import (
	"context"
	"errors"

	"imapsh/runtime/api"
	"imapsh/sdc"
)

type downloadOptions struct {
	sdc.DownloadOptions
	KeepGoing bool `name:"keep_going" flag:"-" doc:"give the report of a list even when some files failed, instead of throwing"`
}

type downloadInput struct {
	Files files `arg:"files" complete:"filename" doc:"a name, an archive path, a record, a path object, or a list of these"`
	downloadOptions
}

func (h Host) download() *api.Func {
	return api.Define("download", "Fetches files into the data directory; gives the path, or a TransferReport for a list.",
		func(ctx context.Context, in downloadInput) (any, error) {
			report, err := h.fetch(ctx, in.Files.list, in.downloadOptions)
			if in.Files.many {
				return report, err
			}
			return onlyPath(report, err, func(t sdc.Transfer) string { return t.Path })
		},
		api.Example("download('imap_swe_l0_raw_20260105_v001.0001.pkts')"),
		api.Returns("(files: FileArgument[], OPTIONS): TransferReport", "(file: FileArgument, OPTIONS): string"),
		api.AsCommand(api.Command{
			Args: "FILE...",
			Doc:  "A file is given by its name or its archive path.",
			Examples: []string{
				"imapsh query --instrument swe --start-date -7d --output-format names | imapsh download -",
			},
		}),
		api.Example("download(query({instrument: 'swe', data_level: 'l2', start_date: '20260201'}), {concurrency: 4})"),
	)
}

// fetch downloads a list and shows its progress.
func (h Host) fetch(ctx context.Context, files []sdc.File, o downloadOptions) (Report, error) {
	report, err := h.transfer("download", len(files), func(client *sdc.Client, progress func(sdc.Event)) (sdc.Report, error) {
		o.DownloadOptions.Progress = progress
		return client.DownloadFiles(ctx, files, o.DownloadOptions)
	})
	var failed *sdc.TransferError
	if o.KeepGoing && errors.As(err, &failed) {
		err = nil
	}
	return report, err
}
