package present

import (
	"fmt"
	"strings"

	"imapsh/sdc"
)

// Results is a line for each file of a download or an upload (the verb) that did not
// fail, in the words of the official client.
func Results(verb string, report sdc.Report, dryRun bool) string {
	var out strings.Builder
	for _, t := range report {
		switch {
		case t.Status == sdc.Failed:
		case t.Status == sdc.Planned:
			fmt.Fprintf(&out, "Would transfer: %s\n", t.FilePath)
		case t.Status == sdc.Uploaded:
			fmt.Fprintf(&out, "Successfully uploaded the file to the IMAP SDC: %s\n", t.FilePath)
		case t.Status == sdc.Skipped && (verb == "upload" || dryRun):
			fmt.Fprintf(&out, "The file is already present: %s\n", t.Path)
		default: // the official client says it of a file that is there already, too
			fmt.Fprintf(&out, "Successfully downloaded the file to: %s\n", t.Path)
		}
	}
	return out.String()
}

// Replacements is a line for each file that was there and was replaced.
func Replacements(report sdc.Report) string {
	var out strings.Builder
	for _, t := range report.With(sdc.Replaced) {
		fmt.Fprintf(&out, "imapsh: replaced, since the archive's differs: %s\n", t.Path)
	}
	return out.String()
}
