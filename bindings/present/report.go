package present

import (
	"fmt"
	"strings"

	"imapsh/naming"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// FailureLine is a file that failed and why, in one line.
func FailureLine(t sdc.Transfer) string {
	return termtext.EscapeLine(fmt.Sprintf("✗ %s  %s", naming.Base(t.FilePath), sdc.Brief(t.Err)))
}

// Failures are the files of a report that failed, each on a line.
func Failures(r sdc.Report) string {
	var out strings.Builder
	for _, t := range r.With(sdc.Failed) {
		out.WriteString(FailureLine(t) + "\n")
	}
	return out.String()
}

// Remarks are what a reader of the sum would miss, each on a line that a line break
// begins: files without a byte, and several versions of one file, of which newest says
// how to have one.
func Remarks(r sdc.Report, newest string) (text string) {
	empty := 0
	var paths []string
	for _, t := range r {
		if t.Status != sdc.Failed {
			paths = append(paths, t.FilePath)
		}
		if (t.Status == sdc.Downloaded || t.Status == sdc.Replaced) && t.Bytes == 0 && t.Size == 0 {
			empty++
		}
	}
	if empty > 0 {
		text += "\n" + Counted(empty, "empty file") + " (0 bytes), as in the archive"
	}
	if others := otherVersions(paths); others > 0 {
		text += "\n" + Counted(others, "file") + " in another version too: " + newest
	}
	return text
}
