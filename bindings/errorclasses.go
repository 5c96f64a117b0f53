package bindings

import (
	"errors"
	"slices"

	"imapsh/bindings/present"
	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
)

// errorClasses are the shell's errors, a parent before its children.
func errorClasses() []api.ErrorClass {
	return []api.ErrorClass{
		{Name: "UsageError", Doc: "A call that was made wrongly, or that this machine cannot carry out.", Match: matchUsage},
		{Name: "InvalidFileError", Doc: "A name that follows no convention of the archive, or a file of this machine that is not what it should be.", Match: matchInvalidFile},
		{Name: "SDCError", Doc: "The archive refused a request or did not answer.", Match: matchArchive(func(e *sdc.Error) bool {
			return !e.Unauthorized() && !e.NotFound()
		}), Props: []api.Prop{
			{Name: "status", Doc: "HTTP status, or null where there was no answer"},
			{Name: "endpoint", Doc: "what was asked of whom"},
			{Name: "detail", Doc: "what the server said"},
			{Name: "reason", Doc: "what the error comes from, such as not_found, key_refused or down; null where no more is known"},
		}},
		{Name: "NotFoundError", Parent: "SDCError", Doc: "The archive has no such file.", Match: matchArchive((*sdc.Error).NotFound)},
		{Name: "AuthError", Parent: "SDCError", Doc: "The archive wants another credential.", Match: matchArchive((*sdc.Error).Unauthorized)},
		{Name: "TransferError", Parent: "SDCError", Doc: "Some files of a list failed.", Match: matchTransfer, Props: []api.Prop{
			{Name: "report", Doc: "the TransferReport; download(report.failed) tries again what failed"},
		}},
	}
}

func matchUsage(err error) ([]api.Property, bool) { return nil, !isTransfer(err) && isUsage(err) }

func matchInvalidFile(err error) ([]api.Property, bool) {
	var file *sdc.InvalidFileError
	return nil, !isTransfer(err) && (isInvalidName(err) || errors.As(err, &file))
}

// InCall reports whether an error lies in how something was called: in its options or in
// the name of a file; of a transfer of several files, whether each failure does.
func InCall(err error) bool {
	var failed *sdc.TransferError
	if errors.As(err, &failed) {
		return !slices.ContainsFunc(failed.Report, func(t sdc.Transfer) bool { return !InCall(t.Err) })
	}
	return isUsage(err) || isInvalidName(err)
}

func isUsage(err error) bool {
	var ours *api.UsageError
	var client *sdc.UsageError
	return errors.As(err, &ours) || errors.As(err, &client)
}

func isInvalidName(err error) bool {
	var name *naming.InvalidNameError
	return errors.As(err, &name)
}

// matchArchive matches a refusal of the kind; the failures inside a
// TransferError are properties of that error.
func matchArchive(kind func(*sdc.Error) bool) func(error) ([]api.Property, bool) {
	return func(err error) ([]api.Property, bool) {
		var refused *sdc.Error
		if isTransfer(err) || !errors.As(err, &refused) || !kind(refused) {
			return nil, false
		}
		properties := []api.Property{{Name: "status"}, {Name: "endpoint", Value: refused.Endpoint}, {Name: "detail", Value: refused.Detail}}
		if refused.Status != 0 {
			properties[0].Value = refused.Status
		}
		properties = append(properties, reasonOf(err))
		return properties, true
	}
}

func matchTransfer(err error) ([]api.Property, bool) {
	var failed *sdc.TransferError
	if !errors.As(err, &failed) {
		return nil, false
	}
	return []api.Property{{Name: "report", Value: Report(present.Transfers(failed.Report))}, reasonOf(err)}, true
}

// reasonOf is the property that says what an error comes from.
func reasonOf(err error) api.Property {
	p := api.Property{Name: "reason"}
	if reason := sdc.ReasonOf(err); reason != "" {
		p.Value = string(reason)
	}
	return p
}

func isTransfer(err error) bool {
	var failed *sdc.TransferError
	return errors.As(err, &failed)
}
