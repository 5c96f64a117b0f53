package sdc

import (
	"strings"

	"imapsh/naming"
)

// Latest keeps the newest version of each file, in the order of the list. What
// differs in nothing but the version is one file: instrument, data_level,
// descriptor, start_date, end_date, repointing, cr, extension; for kernels the
// file's root, which the archive gives.
func (rs Records) Latest() Records {
	newest := make(map[string]int, len(rs))
	kept := make(Records, 0, len(rs))
	for _, r := range rs {
		key := r.fileKey()
		i, known := newest[key]
		switch {
		case !known:
			newest[key] = len(kept)
			kept = append(kept, r)
		case r.version().Compare(kept[i].version()) > 0:
			kept[i] = r
		}
	}
	return kept
}

func (r *Record) fileKey() string {
	if root, ok := r.Get("file_root"); ok {
		if text, _ := root.(string); text != "" {
			return text
		}
		return r.FilePath() // it cannot be told which files are versions of this one
	}
	var key strings.Builder
	for _, name := range []string{"instrument", "data_level", "descriptor", "start_date", "end_date", "repointing", "cr", "extension"} {
		key.WriteString(r.Text(name))
		key.WriteByte(0)
	}
	return key.String()
}

// version is what the record says of its version: a word (v001.0003), or for
// kernels a number.
func (r *Record) version() naming.Version {
	value, _ := r.Get("version")
	switch v := value.(type) {
	case int64:
		return naming.Version{Major: naming.NoMajor, Minor: int(v)}
	case string:
		if version, err := naming.ParseVersion(v); err == nil {
			return version
		}
	}
	return naming.Version{Major: naming.NoMajor, Minor: -1}
}
