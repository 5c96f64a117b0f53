//go:build !linux && !darwin

package archive

import (
	"os"
	"time"
)

// locksUploads reports whether lockUpload does something.
const locksUploads = false

// lockUpload does nothing: abandoned judges by the age of a temporary file.
func lockUpload(*os.File) error { return nil }

// abandoned reports whether nothing was written to an upload's temporary file for a day.
func abandoned(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && time.Since(info.ModTime()) > 24*time.Hour
}
