package archive

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"imapsh/naming"
)

// schemaVersion is kept in the database's user_version. A change of the tables
// raises it.
const schemaVersion = 4

// catalog is the database of what is known of the store's objects.
//
// Its table objects holds the path of every object with its size and time (Unix, ns) when
// it was catalogued, NULL where these are not known, and the MD5 of that file, NULL until
// it is computed. Its table hidden
// holds the paths of what is not released, whether there is such an object or
// not: so a file that was hidden is so still when it comes back after an
// absence, and an upload is hidden before it is there. The other tables are those of
// /query; their column released follows hidden.
type catalog struct {
	db   *sql.DB
	keep *sql.Conn // keeps a catalog in memory alive
}

// openCatalog opens the catalog in a file, or one in memory when file is "".
// Another process that opens a new one at the same moment is waited for.
func openCatalog(ctx context.Context, file string) (*catalog, error) {
	deadline := time.Now().Add(10 * time.Second)
	for {
		c, err := openCatalogOnce(ctx, file)
		if !isSQLite(err, sqlite3.SQLITE_BUSY) || time.Now().After(deadline) {
			return c, err
		}
		select { // the switch to a write-ahead log does not wait by itself
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

func openCatalogOnce(ctx context.Context, file string) (_ *catalog, err error) {
	dsn, err := catalogDSN(file)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("opening the catalog: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, db.Close())
		}
	}()
	// Each connection has a cache and a page table of its own; requests over the
	// number wait a few milliseconds.
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	c := &catalog{db: db}
	if c.keep, err = db.Conn(ctx); err != nil {
		return nil, fmt.Errorf("opening the catalog %s: %w", file, err)
	}
	if err := c.migrate(ctx); err != nil {
		return nil, fmt.Errorf("preparing the catalog %s: %w", file, err)
	}
	return c, nil
}

// catalogDSN names the database for the driver. A catalog in a file is created
// here, because the operating system's reason when that fails says more than
// the database's.
func catalogDSN(file string) (string, error) {
	options := url.Values{"_busy_timeout": {"10000"}, "_txlock": {"immediate"}, "_dqs": {"false"}}
	if file == "" {
		// The connections of a pool share a database of this kind under its name.
		options.Set("vfs", "memdb")
		return "file:/catalog-" + rand.Text() + "?" + options.Encode(), nil
	}
	file, err := filepath.Abs(file)
	if err != nil {
		return "", fmt.Errorf("creating the catalog: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return "", fmt.Errorf("creating the catalog's folder: %w", err)
	}
	switch f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644); {
	case err == nil:
		if err := f.Close(); err != nil {
			return "", fmt.Errorf("creating the catalog: %w", err)
		}
	case !errors.Is(err, os.ErrExist):
		return "", fmt.Errorf("creating the catalog: %w", err)
	}
	options.Set("_journal_mode", "WAL")
	options.Set("_synchronous", "FULL") // a commit outlives a power cut
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // file:///C:/…
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: options.Encode()}).String(), nil
}

// close releases the database.
func (c *catalog) close() error {
	return errors.Join(c.keep.Close(), c.db.Close())
}

// migrate makes the tables of a new catalog and refuses one of another version.
func (c *catalog) migrate(ctx context.Context) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	switch version {
	case schemaVersion:
		return nil
	case 0:
	case 1, 2, 3:
		upgrade := []string{createJobs, fmt.Sprintf("PRAGMA user_version = %d", schemaVersion)}
		if version < 3 {
			upgrade = append(upgrade, spiceFiles.create(),
				"DELETE FROM objects WHERE path LIKE 'imap/spice/%'") // the scan that follows lists them
		}
		if version == 1 { // old vNNN names had no major version
			upgrade = append(upgrade,
				"UPDATE science SET major_version = 1, row = json_set(row, '$.major_version', 1) WHERE major_version IS NULL")
		}
		for _, statement := range upgrade {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return tx.Commit()
	default:
		return fmt.Errorf("it has version %d, but this program knows version %d only", version, schemaVersion)
	}
	statements := []string{
		"CREATE TABLE objects (path TEXT PRIMARY KEY, size INTEGER, mtime INTEGER, md5 TEXT) WITHOUT ROWID",
		"CREATE TABLE hidden (path TEXT PRIMARY KEY) WITHOUT ROWID",
		createJobs,
		fmt.Sprintf("PRAGMA user_version = %d", schemaVersion),
	}
	for _, t := range listings() {
		statements = append(statements, t.create())
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// change runs fn in one transaction, which is undone when fn fails.
func (c *catalog) change(ctx context.Context, fn func(*change) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("changing the catalog: %w", err)
	}
	defer tx.Rollback()
	if err := fn(&change{ctx, tx, map[string]*sql.Stmt{}}); err != nil {
		return fmt.Errorf("changing the catalog: %w", err)
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("changing the catalog: %w", err)
	}
	return nil
}

// change is a transaction that writes.
type change struct {
	ctx        context.Context // of the call of catalog.change
	tx         *sql.Tx
	statements map[string]*sql.Stmt // by their text; they end with tx
}

func (w *change) exec(query string, args ...any) error {
	statement := w.statements[query]
	if statement == nil {
		var err error
		if statement, err = w.tx.PrepareContext(w.ctx, query); err != nil {
			return err
		}
		w.statements[query] = statement
	}
	_, err := statement.ExecContext(w.ctx, args...)
	return err
}

// add catalogues an object; name is its parsed name, or nil when no table is to
// list it. What a table lists already gets a new row.
func (w *change) add(e entry, name naming.FilePath) error {
	if err := w.exec("INSERT OR IGNORE INTO objects (path) VALUES (?)", e.path); err != nil {
		return err
	}
	t, row, listed := e.listing(name)
	if !listed {
		return nil
	}
	text, err := rowText(row)
	if err != nil {
		return fmt.Errorf("the row of %s: %w", e.path, err)
	}
	return w.exec(t.insert(), append(row.values(), text)...)
}

// remove forgets an object, but not that it is hidden.
func (w *change) remove(path string) error {
	if err := w.exec("DELETE FROM objects WHERE path = ?", path); err != nil {
		return err
	}
	for _, t := range listings() {
		if err := w.exec("DELETE FROM "+t.name+" WHERE file_path = ?", path); err != nil {
			return err
		}
	}
	return nil
}

// hide marks a path as not released. A row that a table has for it follows.
func (w *change) hide(path string) error {
	if err := w.exec("INSERT OR IGNORE INTO hidden (path) VALUES (?)", path); err != nil {
		return err
	}
	for _, t := range listings() {
		// json_set keeps the order of the fields.
		err := w.exec("UPDATE "+t.name+" SET released = 0, row = json_set(row, '$.released', json('false')) WHERE file_path = ? AND released", path)
		if err != nil {
			return err
		}
	}
	return nil
}

// unhide takes the mark of an upload that failed back, unless there is such an
// object all the same.
func (w *change) unhide(path string) error {
	return w.exec("DELETE FROM hidden WHERE path = ?1 AND NOT EXISTS (SELECT 1 FROM objects WHERE path = ?1)", path)
}

// setMD5 notes the MD5, in hex, of an object's content when it had that size and time.
func (w *change) setMD5(path string, size, mtime int64, md5 string) error {
	return w.exec("UPDATE objects SET size = ?, mtime = ?, md5 = ? WHERE path = ?", size, mtime, md5, path)
}

// setState notes the size and the time of an object whose content is not known.
func (w *change) setState(path string, state State) error {
	var size any
	if state.Size >= 0 {
		size = state.Size
	}
	return w.exec("UPDATE objects SET size = ?, mtime = ?, md5 = NULL WHERE path = ?", size, state.ModTime.UnixNano(), path)
}

// states are those of all objects, by path; the size is -1 where the catalog does not hold
// the state.
func (c *catalog) states(ctx context.Context) (map[string]State, error) {
	rows, err := c.db.QueryContext(ctx, "SELECT path, COALESCE(size, -1), COALESCE(mtime, 0) FROM objects")
	if err != nil {
		return nil, fmt.Errorf("reading the catalog: %w", err)
	}
	defer rows.Close()
	states := map[string]State{}
	for rows.Next() {
		var path string
		var size, mtime int64
		if err := rows.Scan(&path, &size, &mtime); err != nil {
			return nil, fmt.Errorf("reading the catalog: %w", err)
		}
		states[path] = State{size, time.Unix(0, mtime)}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the catalog: %w", err)
	}
	return states, nil
}

// hiddenPaths are the paths that are not released.
func (c *catalog) hiddenPaths(ctx context.Context) (map[string]bool, error) {
	rows, err := c.db.QueryContext(ctx, "SELECT path FROM hidden")
	if err != nil {
		return nil, fmt.Errorf("reading the catalog: %w", err)
	}
	defer rows.Close()
	paths := map[string]bool{}
	for rows.Next() {
		var path string
		if err := rows.Scan(&path); err != nil {
			return nil, fmt.Errorf("reading the catalog: %w", err)
		}
		paths[path] = true
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("reading the catalog: %w", err)
	}
	return paths, nil
}

// holding is what the catalog knows of one path.
type holding struct {
	exists, hidden bool
	size, mtime    int64
	md5            string // hex; empty when not known
}

// find looks one path up, letter for letter, whatever the file system thinks of case.
func (c *catalog) find(ctx context.Context, path string) (holding, error) {
	var h holding
	err := c.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM hidden WHERE path = ?1),
		COALESCE(size, -1), COALESCE(mtime, 0), COALESCE(md5, '') FROM objects WHERE path = ?1`, path).
		Scan(&h.hidden, &h.size, &h.mtime, &h.md5)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return holding{}, nil
	case err != nil:
		return holding{}, fmt.Errorf("looking %s up in the catalog: %w", path, err)
	}
	h.exists = true
	return h, nil
}
