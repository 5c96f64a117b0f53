package datadir

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// recordFormat is the format of the verification records that this program writes, and the
// newest one that it reads.
const recordFormat = 1

// Verification is how bytes were compared with the archive's; empty: they were not.
type Verification string

// Record says that a file of the data directory was compared with an
// archive's. Records are kept in the data directory's .imapsh/verified/, one file of
// JSON lines for each directory of the archive. A record file is read when a file of
// its directory is asked for. The last line of an archive and path counts; a record of
// another archive, or of none, counts as no record.
type Record struct {
	Format        int          `json:"format"`         // 1
	Archive       string       `json:"archive"`        // the archive's identity
	FilePath      string       `json:"file_path"`      // in the archive
	Size          int64        `json:"size"`           // bytes
	ModTime       time.Time    `json:"mtime"`          // of the file: another one means that it was changed since
	MD5           string       `json:"md5"`            // of the bytes on this machine, in hex
	SHA256        string       `json:"sha256"`         // likewise
	ETag          string       `json:"etag"`           // that the archive gave; empty: it gave none
	IngestionDate string       `json:"ingestion_date"` // of the catalog, as it gave it; empty: not known
	Verified      Verification `json:"verified"`       // how the bytes were compared with the archive's
	Time          time.Time    `json:"time"`           // when they were first found to be so
}

// Holds reports whether a file has the size and the modification time that it had when it
// was verified.
func (r Record) Holds(info fs.FileInfo) bool {
	return r.Size == info.Size() && r.ModTime.Equal(info.ModTime())
}

// recordFiles are the record files of a data directory that were read.
type recordFiles struct {
	dir *Dir

	mu    sync.Mutex
	files map[string]*recordFile // by name
}

// recordKey is what a record is of.
type recordKey struct{ archive, filePath string }

// recordFile is what one file of records holds.
type recordFile struct {
	records map[recordKey]Record
	err     error // a newer program wrote it
}

// recordsDir holds the record files.
const recordsDir = ownDir + "/verified"

func recordFileName(archivePath string) string {
	return path.Join(recordsDir, path.Dir(archivePath)+".jsonl")
}

// Record is the verification record of a file of an archive, if there is one. A record file
// of a newer format is an error.
func (d *Dir) Record(archive, archivePath string) (record Record, known bool, err error) {
	d.records.mu.Lock()
	defer d.records.mu.Unlock()
	file := d.records.file(recordFileName(archivePath))
	record, known = file.records[recordKey{archive, archivePath}]
	return record, known, file.err
}

// file reads a record file when it is asked for first.
func (v *recordFiles) file(name string) *recordFile {
	file := v.files[name]
	if file == nil {
		file = v.read(name)
		if v.files == nil {
			v.files = map[string]*recordFile{}
		}
		v.files[name] = file
	}
	return file
}

// Records are all verification records, by directory and by path. It ends with the first
// record file that cannot be read.
func (d *Dir) Records() iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		tree, err := d.open(false)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if err == nil {
			err = tree.Walk(recordsDir, func(name string) error {
				d.records.mu.Lock()
				file := d.records.file(name)
				records := slices.Collect(maps.Values(file.records))
				d.records.mu.Unlock()
				if file.err != nil {
					return file.err
				}
				slices.SortFunc(records, func(a, b Record) int {
					return cmp.Or(strings.Compare(a.FilePath, b.FilePath), strings.Compare(a.Archive, b.Archive))
				})
				for _, record := range records {
					if !yield(record, nil) {
						return fs.SkipAll
					}
				}
				return nil
			})
		}
		if err != nil {
			yield(Record{}, err)
		}
	}
}

func (v *recordFiles) read(name string) *recordFile {
	read := &recordFile{records: map[recordKey]Record{}}
	tree, err := v.dir.open(false)
	if err != nil {
		return read
	}
	file, err := tree.Open(name)
	if IsNotRegular(err) || IsRefusedLink(err) {
		read.err = v.dir.wrap("reading verification records", err)
	}
	if err != nil {
		return read
	}
	defer file.Close()
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) { // no record is that long
			line = nil
			_, err = lines.ReadSlice('\n')
		}
		var record Record
		torn := json.Unmarshal(line, &record) != nil
		switch {
		case record.Format > recordFormat: // its other fields may be of other types
			read.err = newerFormat(name, v.dir.path, record.Format, recordFormat)
			return read
		case !torn && record.Archive != "" && record.FilePath != "":
			read.records[recordKey{record.Archive, record.FilePath}] = record
		}
		if err != nil {
			return read
		}
	}
}

// newerFormat refuses a file whose format this program does not know: what it means is
// not to be guessed, and writing to it would spoil it for the program that wrote it.
func newerFormat(name, dir string, got, max int) error {
	return invalidf("%s in %s: its format is %d, written by a newer version of this program; this one reads formats up to %d", name, dir, got, max)
}

// ReadRecordsAgain forgets what was read of the record file of a file, since another process
// may have written to it.
func (d *Dir) ReadRecordsAgain(archivePath string) {
	v := &d.records
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.files, recordFileName(archivePath))
}

// lineStart is what goes before a line that is appended: a newline where the last line
// is torn, which would swallow it.
func lineStart(file *os.File) []byte {
	last := []byte{'\n'}
	if info, err := file.Stat(); err == nil && info.Size() > 0 {
		_, _ = file.ReadAt(last, info.Size()-1)
	}
	if last[0] == '\n' {
		return nil
	}
	return []byte{'\n'}
}

// sameBut reports whether two records differ at most in when the files were compared.
func (r Record) sameBut(other Record) bool {
	if !r.ModTime.Equal(other.ModTime) {
		return false
	}
	r.ModTime, r.Time = other.ModTime, other.Time
	return r == other
}

// AddRecord appends a record, unless it says what the last one said. It is one write of one
// short line: those of processes that append at the same time do not mix.
func (d *Dir) AddRecord(record Record) error {
	v := &d.records
	name := recordFileName(record.FilePath)
	tree, err := d.openFor(name)
	if err != nil {
		return err
	}
	record.Format = recordFormat
	if before, known, err := d.Record(record.Archive, record.FilePath); err == nil && known && before.sameBut(record) {
		return nil // a line for each comparison would make the file grow for ever
	}
	line, err := json.Marshal(record)
	if err != nil {
		return err
	}
	file, err := tree.OpenShared(name, os.O_RDWR|os.O_CREATE|os.O_APPEND)
	if err != nil {
		return fmt.Errorf("recording the verification of %s: %w", record.FilePath, err)
	}
	_, err = file.Write(slices.Concat(lineStart(file), line, []byte("\n")))
	if err := errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("recording the verification of %s: %w", record.FilePath, err)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if read := v.files[name]; read != nil {
		read.records[recordKey{record.Archive, record.FilePath}] = record
	}
	return nil
}
