package present

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// Outcome is the sum of the per-file results of a call: how many, how long it took, at which
// rate, and where they are. Unfinished reports whether a transfer was interrupted, so that
// it did not fail.
func Outcome(report sdc.Report, took time.Duration, unfinished func(sdc.Transfer) bool) string {
	ended := slices.DeleteFunc(slices.Clone(report), unfinished)
	text := ended.Summary()
	if n := len(report) - len(ended); n > 0 {
		text += fmt.Sprintf(", %d not begun or cut short", n)
	}
	var moved int64
	for _, t := range report {
		moved += t.Bytes
	}
	if seconds := took.Seconds(); moved > 0 && seconds > 0 {
		text += fmt.Sprintf(" in %s (%s/s)", Duration(seconds), Size(int64(float64(moved)/seconds)))
	}
	if dir := commonDir(report); dir != "" {
		text += ", in " + termtext.EscapeLine(dir)
	}
	return text
}

// commonDir is the directory that holds all files that were downloaded or were there
// already; empty where there are none.
func commonDir(report sdc.Report) string {
	dir := ""
	for _, t := range report {
		if t.Status == sdc.Failed || t.Status == sdc.Planned || t.Status == sdc.Uploaded || !filepath.IsAbs(t.Path) {
			continue
		}
		if dir == "" {
			dir = filepath.Dir(t.Path)
		}
		for dir != filepath.Dir(dir) && !strings.HasPrefix(t.Path, dir+string(filepath.Separator)) {
			dir = filepath.Dir(dir)
		}
	}
	return dir
}
