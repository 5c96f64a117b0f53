//go:build !linux && !darwin

package archive

// Free is not known here: the disk's own error tells.
func (d *dirStore) Free() (int64, bool) { return 0, false }
