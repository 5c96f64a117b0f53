package sdc

import (
	"context"
	"iter"

	"imapsh/sdc/internal/datadir"
)

// VerificationRecord says that a file of the data directory was compared with an
// archive's. Records are kept in the data directory's .imapsh/verified/, one file of
// JSON lines for each directory of the archive. The last line of an archive and path
// counts; a record of another archive counts as none.
type VerificationRecord = datadir.Record

// Leftover is a file that an interrupted transfer left in a data directory.
type Leftover = datadir.Leftover

// FileState is how a file compares with its verification record.
type FileState = datadir.FileState

// The states of files.
const (
	FileIntact     = datadir.FileIntact     // it is what was verified
	FileChanged    = datadir.FileChanged    // it is not
	FileMissing    = datadir.FileMissing    // there is a record and no file
	FileUnrecorded = datadir.FileUnrecorded // there is a file and no record
)

// FileCheck is what [DataDir.Check] found: the State, the Difference of a changed file, the
// Record, and the Size of the file in bytes.
type FileCheck = datadir.FileCheck

func (c *Client) openDataDir() *datadir.Dir { return datadir.New(c.DataDir()) }

// DataDir is the client's data directory, for whoever keeps it: what it holds of the
// archive, and whether that is still what was verified. It asks no server and changes
// nothing. Several goroutines may use it; records that other processes add while it is open
// may not be seen.
type DataDir struct {
	dir     *datadir.Dir
	archive string
}

// OpenDataDir opens the data directory, which need not be there yet. The caller closes it.
func (c *Client) OpenDataDir() *DataDir {
	return &DataDir{dir: c.openDataDir(), archive: c.Archive()}
}

// Close closes what was opened.
func (d *DataDir) Close() { d.dir.Close() }

// Files are the archive paths of the files in the directory, whatever their names are and
// whether they have a record; parts and other left-over files are not among them. It ends
// with the first error.
func (d *DataDir) Files() iter.Seq2[string, error] { return d.dir.Files() }

// Records are the verification records of the archive's files, by directory and path,
// whether the files are there or not. It ends with the first error, such as a record file
// that a newer program wrote.
func (d *DataDir) Records() iter.Seq2[VerificationRecord, error] {
	return func(yield func(VerificationRecord, error) bool) {
		for record, err := range d.dir.Records() {
			if (err != nil || record.Archive == d.archive) && !yield(record, err) {
				return
			}
		}
	}
}

// Record is the verification record of a file of the archive, if there is one.
func (d *DataDir) Record(archivePath string) (record VerificationRecord, known bool, err error) {
	return d.dir.Record(d.archive, archivePath)
}

// Check compares a file with its record: by size and modification time, or, when deep, by
// size and hash. The error is fs.ErrNotExist when there is neither, and says what could not
// be read.
func (d *DataDir) Check(ctx context.Context, archivePath string, deep bool) (FileCheck, error) {
	return d.dir.Check(ctx, d.archive, archivePath, deep)
}

// Leftovers are what interrupted transfers left, as [Client.Clean] would remove it.
func (d *DataDir) Leftovers(ctx context.Context) ([]Leftover, error) { return d.dir.Clean(ctx, true) }

// Clean finds what interrupted transfers left in the data directory, and removes it
// unless dryRun. Parts that a later download would go on with are among them. What a
// transfer that is under way needs is left alone: its lock is held, or, where there is
// no lock, it changed within a day. The error joins what could not be looked at or
// removed.
func (c *Client) Clean(ctx context.Context, dryRun bool) ([]Leftover, error) {
	dir := c.openDataDir()
	defer dir.Close()
	return dir.Clean(ctx, dryRun)
}
