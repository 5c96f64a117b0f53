package sdc

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"sync"
	"time"

	"imapsh/sdc/internal/datadir"
)

// verificationFormat is the format of the verification records that this program
// writes, and the newest one that it reads.
const verificationFormat = 1

// VerificationRecord says that a file of the data directory was compared with an
// archive's. Records are kept in the data directory's .imapsh/verified/, one file of
// JSON lines for each directory of the archive. A record file is read when a file of
// its directory is asked for. The last line of an archive and path counts; a record of
// another archive, or of none, counts as no record.
type VerificationRecord struct {
	Format        int          `json:"format"`         // 1
	Archive       string       `json:"archive"`        // the archive's identity: see [Client.Archive]
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

// holds reports whether the file on the disk is still the one that was verified.
func (r VerificationRecord) holds(info fs.FileInfo) bool {
	return r.Size == info.Size() && r.ModTime.Equal(info.ModTime())
}

// verificationRecords reads and writes the verification records of a data directory.
type verificationRecords struct {
	dir *dataDir

	mu    sync.Mutex
	files map[string]*recordFile // by the directory of the archive
}

// recordKey is what a record is of.
type recordKey struct{ archive, filePath string }

// recordFile is what one file of records holds.
type recordFile struct {
	records map[recordKey]VerificationRecord
	err     error // a newer program wrote it
}

func recordFileName(archivePath string) string {
	return path.Join(ownDir, "verified", path.Dir(archivePath)+".jsonl")
}

// find looks up the record that an archive has of a file. Without its record file a
// file has no record, and is compared with the archive's again. A record file of a newer
// format is an error.
func (v *verificationRecords) find(archive, archivePath string) (VerificationRecord, bool, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	name := recordFileName(archivePath)
	file := v.files[name]
	if file == nil {
		file = v.read(name)
		if v.files == nil {
			v.files = map[string]*recordFile{}
		}
		v.files[name] = file
	}
	record, known := file.records[recordKey{archive, archivePath}]
	return record, known, file.err
}

func (v *verificationRecords) read(name string) *recordFile {
	read := &recordFile{records: map[recordKey]VerificationRecord{}}
	tree, err := v.dir.open(false)
	if err != nil {
		return read
	}
	file, err := tree.Open(name)
	if datadir.IsNotRegular(err) || datadir.IsRefusedLink(err) {
		read.err = v.dir.explain("reading verification records", err)
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
		var record VerificationRecord
		torn := json.Unmarshal(line, &record) != nil
		switch {
		case record.Format > verificationFormat: // its other fields may be of other types
			read.err = newerFormat(name, v.dir.path, record.Format, verificationFormat)
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

// forget drops what was read, since another process may have written since.
func (v *verificationRecords) forget(archivePath string) {
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
func (r VerificationRecord) sameBut(other VerificationRecord) bool {
	if !r.ModTime.Equal(other.ModTime) {
		return false
	}
	r.ModTime, r.Time = other.ModTime, other.Time
	return r == other
}

// add appends a record, unless it says what the last one said. One write of one short line: processes that append at
// the same time do not mix.
func (v *verificationRecords) add(record VerificationRecord) error {
	name := recordFileName(record.FilePath)
	tree, err := v.dir.openFor(name)
	if err != nil {
		return err
	}
	record.Format = verificationFormat
	if before, known, err := v.find(record.Archive, record.FilePath); err == nil && known && before.sameBut(record) {
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
