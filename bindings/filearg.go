package bindings

import (
	"fmt"

	"imapsh/bindings/present"
	"imapsh/runtime/api"
	"imapsh/runtime/home"
	"imapsh/sdc"
)

// files is what download takes: a name, an archive path, a record, a path
// object, an entry of a report, or a list of any of these.
type files struct {
	list []sdc.File
	many bool
}

// Kinds are the types of one file and of several.
func (files) Kinds() []string { return []string{"OneOrMore<FileArgument>"} }

// Decode reads the forms of files.
func (f *files) Decode(value any) error {
	if found, ok := value.(FileList); ok {
		f.list, f.many = sdc.Records(found).Files(), true
		return nil
	}
	items, many := value.([]any)
	if !many {
		items = []any{value}
	}
	f.many = many
	for i, item := range items {
		file, ok := fileOf(item)
		if !ok {
			where := ""
			if many {
				where = fmt.Sprintf(" (item %d of the list)", i)
			}
			return api.Usagef("must be a file name, an archive path, a record of a query, a path object, or a list of these%s", where)
		}
		f.list = append(f.list, file)
	}
	return nil
}

func fileOf(value any) (sdc.File, bool) {
	switch v := value.(type) {
	case string:
		return sdc.File{Name: v}, v != ""
	case *sdc.Record:
		return v.File(), true
	case interface{ ArchivePath() string }: // a path object
		return sdc.File{Name: v.ArchivePath()}, true
	case present.Transfer:
		return sdc.File{Name: v.FilePath, IngestionDate: v.IngestionDate}, true
	case map[string]any: // a copy of a record, changed perhaps
		ingested, _ := v["ingestion_date"].(string)
		for _, key := range []string{"file_path", "filename"} {
			if path, ok := v[key].(string); ok && path != "" {
				return sdc.File{Name: path, IngestionDate: ingested}, true
			}
		}
	}
	return sdc.File{}, false
}

// paths is one local path or a list of them.
type paths struct {
	names []string
	many  bool
}

// Kinds are the types of one path and of several.
func (paths) Kinds() []string { return []string{"OneOrMore<FileArgument>"} }

// Decode reads a path or a list; a path object stands for its place in DATA_DIR.
func (p *paths) Decode(value any) error {
	var f files
	if err := f.Decode(value); err != nil {
		return api.Usagef("must be the path of a file on this machine, or a list of them")
	}
	for _, file := range f.list {
		p.names = append(p.names, home.Expand(file.Name))
	}
	p.many = f.many
	return nil
}
