package sample

import (
	"slices"

	"imapsh/sdc/archive"
)

// Store is a store in memory that holds sample files, such as those of [Files]. The
// content of a file is made each time it is read.
func Store(files []File) archive.Store {
	return archive.NewMemStore(func(yield func(archive.MemFile) bool) {
		for _, f := range files {
			if !yield(archive.MemFile{Path: f.Path, ModTime: f.Ingested, Bytes: f.Bytes}) {
				return
			}
		}
	})
}

// Released is a new list of the files that everybody may download.
func Released(files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return !f.Released })
}
