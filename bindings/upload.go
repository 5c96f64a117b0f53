package bindings

import (
	"context"

	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

type uploadInput struct {
	Paths paths `arg:"paths" complete:"path" doc:"a file of this machine, or a list of them"`
	sdc.UploadOptions
}

func (h Host) upload() *api.Func {
	return api.Define("upload", "Sends files to the archive; gives the archive path, or a TransferReport for a list.",
		func(ctx context.Context, in uploadInput) (any, error) {
			if err := h.Sandbox.Check(sandbox.Upload); err != nil {
				return nil, err
			}
			in.Open = h.Sandbox.OpenUpload
			report, err := h.transfer("upload", len(in.Paths.names), func(client *sdc.Client, progress func(sdc.Event)) (sdc.Report, error) {
				in.Progress = progress
				return client.UploadAll(ctx, in.Paths.names, in.UploadOptions)
			})
			if in.Paths.many {
				return report, err
			}
			return onlyPath(report, err, func(t sdc.Transfer) string { return t.FilePath })
		},
		api.Returns("(paths: FileArgument[], OPTIONS): TransferReport", "(path: FileArgument, OPTIONS): string"),
		api.AsCommand(api.Command{
			Args:     "FILE...",
			Doc:      "It takes an API key.",
			Examples: []string{"imapsh upload imap_mag_l1b-calibration_20260105_v002.cdf"},
		}),
	)
}
