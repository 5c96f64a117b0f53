package present

import (
	"encoding/json"

	"imapsh/sdc"
)

// TransferFields are the fields of a transfer as the shell and JSON show them.
var TransferFields = []struct {
	Name, Doc string
	of        func(sdc.Transfer) any
}{
	{"file_path", "path in the archive", func(t sdc.Transfer) any { return t.FilePath }},
	{"path", "path on this machine", func(t sdc.Transfer) any { return t.Path }},
	{"status", "downloaded, replaced (there, but not the archive's any more), uploaded, skipped (there already), planned (dry_run) or failed", func(t sdc.Transfer) any { return string(t.Status) }},
	{"bytes", "bytes moved", func(t sdc.Transfer) any { return t.Bytes }},
	{"size", "bytes of the whole file; null where it is not known", func(t sdc.Transfer) any {
		if t.Size == 0 {
			return nil
		}
		return t.Size
	}},
	{"seconds", "time it took", func(t sdc.Transfer) any { return t.Seconds }},
	{"verified", "how the bytes were compared with the archive's: md5 or size; null: they were not", func(t sdc.Transfer) any {
		if t.Verified == "" {
			return nil
		}
		return string(t.Verified)
	}},
	{"error", "why it failed, or null", func(t sdc.Transfer) any {
		if t.Err == nil {
			return nil
		}
		return t.Err
	}},
}

// Transfer is the result of one file, with the fields of TransferFields.
type Transfer struct{ sdc.Transfer }

// Names lists the fields.
func (Transfer) Names() []string {
	names := make([]string, len(TransferFields))
	for i, field := range TransferFields {
		names[i] = field.Name
	}
	return names
}

// Get is a field; why a transfer failed is an error.
func (t Transfer) Get(name string) (any, bool) {
	for _, field := range TransferFields {
		if field.Name == name {
			return field.of(t.Transfer), true
		}
	}
	return nil, false
}

// MarshalJSON writes the fields, the error as its text.
func (t Transfer) MarshalJSON() ([]byte, error) {
	fields := make(map[string]any, 7)
	for _, name := range t.Names() {
		fields[name], _ = t.Get(name)
	}
	if t.Err != nil {
		fields["error"] = t.Err.Error()
		if reason := sdc.ReasonOf(t.Err); reason != "" {
			fields["reason"] = reason
		}
	}
	return json.Marshal(fields)
}

// Transfers are the results of a report, in its order.
func Transfers(report sdc.Report) []Transfer {
	transfers := make([]Transfer, len(report))
	for i, t := range report {
		transfers[i] = Transfer{t}
	}
	return transfers
}
