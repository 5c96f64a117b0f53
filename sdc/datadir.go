package sdc

import (
	"context"

	"imapsh/sdc/internal/datadir"
)

// VerificationRecord says that a file of the data directory was compared with an
// archive's. Records are kept in the data directory's .imapsh/verified/, one file of
// JSON lines for each directory of the archive. The last line of an archive and path
// counts; a record of another archive counts as none.
type VerificationRecord = datadir.Record

// Leftover is a file that an interrupted transfer left in a data directory.
type Leftover = datadir.Leftover

func (c *Client) openDataDir() *datadir.Dir { return datadir.New(c.DataDir()) }

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
