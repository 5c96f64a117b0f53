package bindings

import (
	"context"

	"imapsh/runtime"
	"imapsh/sdc"
)

func (h Host) query() *runtime.Func {
	return runtime.Define("query", "Finds files in the archive; gives a FileList.",
		func(ctx context.Context, q sdc.Query) (FileList, error) {
			records, err := h.Client.Query(ctx, q)
			return FileList(records), err
		},
		runtime.Example("query({instrument: 'mag', data_level: 'l2', version: 'latest'})"),
		runtime.Example("query({instrument: ['swe', 'swapi'], start_date: '2026-01-05', end_date: '2026-01-11'})"),
		runtime.Example("query({instrument: 'mag', descriptor: 'norm-*'}).latest().download({dry_run: true})"),
		runtime.Example("query({table: 'ancillary', instrument: 'mag'})"),
	)
}
