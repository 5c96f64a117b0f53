// Package sandbox holds what a recipe may do with the machine that it runs on: which
// files it reads, writes and uploads, and which archive and data directory it chooses.
//
// A path is resolved as it is opened: each directory on the way is looked at and opened
// through the handle of the one before, from a directory that the user named, so that
// what was checked is what is opened, whatever links and dots the path holds.
package sandbox

import (
	"net/url"
	"slices"
	"strings"

	"imapsh/runtime/api"
	"imapsh/runtime/home"
)

// Policy is what code may do. The zero value allows the working directory alone.
type Policy struct {
	// Trusted code is its user's own: it may name hidden files, and upload any file, set
	// any archive and any data directory.
	Trusted bool

	Modules   []string      // directories that recipes are found in: modules are read from them, too
	ScriptDir string        // the running recipe's directory; empty when there is none
	DataDir   func() string // the data directory; nil: none
	Args      []string      // the recipe's arguments: files that its user named

	Read  []string // the only directories to read from; empty: the working, the recipe's and the data directory
	Write []string // the only ones to write to; empty: as Read's default

	Added   string   // the repository that the recipe was added from; empty: its user's own
	Allowed []string // permissions: those of the header, of an added recipe those that its user accepted

	NoUpload bool     // nothing is uploaded, whoever asks
	Private  []string // directories and files that nobody reaches: the program's own settings

	URL string // the base URL of the archive that the recipe was started for
}

// archiveDomain is where the SDC's own archives are.
const archiveDomain = "imap-mission.com"

// CheckURL refuses an archive that a recipe may not choose. What a recipe asks may say
// what it has read, so it asks the archive that it was started for, and the SDC's own.
func (p Policy) CheckURL(text string) error {
	if p.Trusted {
		return nil
	}
	to, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return err
	}
	started, err := url.Parse(p.URL)
	if err != nil {
		return err
	}
	host := strings.ToLower(to.Hostname())
	if to.Scheme == started.Scheme && strings.EqualFold(to.Host, started.Host) ||
		to.Scheme == "https" && (host == archiveDomain || strings.HasSuffix(host, "."+archiveDomain)) {
		return nil
	}
	return api.Usagef("config.DATA_ACCESS_URL: %s: a recipe asks the archive that it was started for, or one of %s; --url or IMAP_DATA_ACCESS_URL names another", to.Host, archiveDomain)
}

// CheckDataDir gives the absolute path, without symbolic links, of a directory that a
// recipe may make its data directory. It need not exist.
func (p Policy) CheckDataDir(dir string) (string, error) {
	dir = home.Expand(dir)
	if p.Trusted {
		return dir, nil
	}
	p.makeDataDir(dir)
	path, err := p.resolve("config.DATA_DIR: "+dir, dir, p.Write)
	if err != nil {
		return "", describe("config.DATA_DIR: "+dir, err)
	}
	path.close()
	return path.absolute(), nil
}

// named reports whether the user named the file in the recipe's arguments.
func (p Policy) named(path string) bool { return slices.Contains(p.Args, path) }
