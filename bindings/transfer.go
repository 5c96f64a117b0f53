package bindings

import (
	"imapsh/bindings/present"
	"imapsh/sdc"
)

// transfer carries out a download or an upload (the verb) of so many files and shows its
// progress, to the end.
func (h Host) transfer(verb string, total int, carryOut func(client *sdc.Client, progress func(sdc.Event)) (sdc.Report, error)) (Report, error) {
	client, err := h.archive(verb)
	if err != nil {
		return nil, err
	}
	var progress func(sdc.Event)
	finished := func(sdc.Report) {}
	if h.Progress != nil {
		shown := h.Progress(verb, total)
		progress, finished = shown.Event, shown.Finished
	}
	report, err := carryOut(client, progress)
	finished(report)
	return Report(present.Transfers(report)), err
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
