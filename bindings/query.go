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
			h.remember(records)
			return FileList(records), err
		},
		runtime.Example("query({instrument: 'mag', data_level: 'l2', version: 'latest'})"),
		runtime.Example("query({instrument: ['swe', 'swapi'], start_date: '2026-01-05', end_date: '2026-01-11'})"),
		runtime.Example("query({instrument: 'mag', descriptor: 'norm-*'}).latest().download({dry_run: true})"),
		runtime.Example("query({table: 'ancillary', instrument: 'mag'})"),
	)
}

// remember keeps what completion may offer later: the descriptors that exist, and
// the names of this answer.
func (h Host) remember(records sdc.Records) {
	if h.Memory == nil || len(records) == 0 {
		return
	}
	names := make([]string, len(records))
	seen := map[string]bool{}
	var descriptors []string
	for i, r := range records {
		names[i] = r.Filename()
		if d := r.Text("descriptor"); d != "" && !seen[d] {
			seen[d] = true
			descriptors = append(descriptors, d)
		}
	}
	h.Memory.Recall("filename", names)
	h.Memory.Recall("field", records[0].Names())
	h.Memory.Learn("descriptor", descriptors)
}
