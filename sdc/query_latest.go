package sdc

import (
	"strings"

	"imapsh/naming"
)

// Latest keeps the newest version of each file, in the order of the list. What
// differs in nothing but the version is one file: instrument, data_level,
// descriptor, start_date, end_date, repointing, cr, extension; for kernels the
// file's root, which the archive gives; for other SPICE files the name without its version.
func (rs Records) Latest() Records {
	newest := make(map[string]int, len(rs))
	kept := make(Records, 0, len(rs))
	for _, r := range rs {
		key, version := r.identity()
		i, known := newest[key]
		if !known {
			newest[key] = len(kept)
			kept = append(kept, r)
			continue
		}
		if _, best := kept[i].identity(); version.Compare(best) > 0 {
			kept[i] = r
		}
	}
	return kept
}

// identity is what the versions of one file have in common, and which of them the
// record is.
func (r *Record) identity() (file string, version naming.Version) {
	if root := r.Text("file_root"); root != "" {
		return root, r.version()
	}
	if r.Text("instrument") == "" { // no table of /query lists it: its name says all
		if path, err := naming.ParseSPICE(r.Filename()); err == nil {
			return naming.Unversioned(path), naming.VersionOf(path)
		}
		return r.FilePath(), r.version() // it is unknown which files are versions of this one
	}
	var key strings.Builder
	for _, name := range []string{"instrument", "data_level", "descriptor", "start_date", "end_date", "repointing", "cr", "extension"} {
		key.WriteString(r.Text(name))
		key.WriteByte(0)
	}
	return key.String(), r.version()
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
