package bindings

import (
	"errors"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"imapsh/runtime"
	"imapsh/sdc"
)

// A script that a team shares reaches the files of its places and the archive, and
// nothing else of the machine. What a user types may also set DATA_DIR and the URL to
// anything, and upload any file.

// isScript tells that what runs was written by somebody else, perhaps.
func (h Host) isScript() bool {
	return !h.Interactive && (h.Starting == nil || !h.Starting())
}

// places are the directories in which scripts have their files.
func (h Host) places() ([]string, error) {
	dataDir := h.DataDir
	if h.Interactive {
		dataDir = h.Client.DataDir()
	}
	var places []string
	for _, dir := range []string{".", h.ScriptDir, dataDir} {
		if dir == "" {
			continue
		}
		absolute, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		places = append(places, absolute)
	}
	return places, nil
}

// within opens the place that a path lies in, and gives the path's name there.
func (h Host) within(path string) (*os.Root, string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return nil, "", err
	}
	if h.isForbidden(absolute) {
		return nil, "", runtime.Usagef("%s: it is not for scripts", path)
	}
	places, err := h.places()
	if err != nil {
		return nil, "", err
	}
	hidden := false
	for _, place := range places {
		name, ok := under(place, absolute)
		if !ok {
			continue
		}
		if h.isScript() && isHidden(resolved(place), resolved(absolute)) {
			hidden = true // there may be a place further in
			continue
		}
		root, err := os.OpenRoot(place)
		if err != nil {
			return nil, "", fileError("opening", place, err)
		}
		return root, name, nil
	}
	if hidden {
		return nil, "", runtime.Usagef("%s: it is not for scripts: what begins with a dot is somebody's settings", path)
	}
	return nil, "", runtime.Usagef("%s: scripts reach files under the working directory, their own directory and DATA_DIR only", path)
}

// isHidden tells a path that leads through a name with a dot at its beginning: below a
// home directory these hold keys, and what runs at the next login.
func isHidden(place, path string) bool {
	name, ok := under(place, path)
	return ok && slices.ContainsFunc(strings.Split(filepath.ToSlash(name), "/"), func(part string) bool {
		return part != "." && strings.HasPrefix(part, ".")
	})
}

func under(dir, path string) (name string, ok bool) {
	name, err := filepath.Rel(dir, path)
	return name, err == nil && filepath.IsLocal(name)
}

// forbidden are directories that no script reaches, wherever it runs: what the
// system says of the program, its environment and its arguments.
var forbidden = []string{"/proc", "/sys", "/dev"}

// isForbidden tells a path that no script may reach, though it may lie under the
// working directory when that is the root or the user's home. Going up from the path,
// links followed, the first directory decides that is closed to scripts or is the
// script's own. Directories are compared as such: a link, a mount or another case of
// letters gives them further names.
func (h Host) isForbidden(absolute string) bool {
	closed := slices.Concat(forbidden, h.Private)
	for i, dir := range closed {
		closed[i] = resolved(dir)
	}
	for path := resolved(absolute); ; path = filepath.Dir(path) {
		if slices.ContainsFunc(closed, func(dir string) bool { return sameDirectory(dir, path) }) {
			return true
		}
		if h.ScriptDir != "" && sameDirectory(h.ScriptDir, path) || path == filepath.Dir(path) {
			return false
		}
	}
}

func sameDirectory(a, b string) bool {
	if a == b { // it may not be there yet
		return true
	}
	infoA, errA := os.Stat(a)
	infoB, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(infoA, infoB)
}

// resolved is a path with the links of as much of it as there is followed.
func resolved(path string) string {
	for there := path; ; there = filepath.Dir(there) {
		if real, err := filepath.EvalSymlinks(there); err == nil {
			rest, err := filepath.Rel(there, path)
			if err != nil {
				return path
			}
			return filepath.Join(real, rest)
		}
		if there == filepath.Dir(there) {
			return path
		}
	}
}

// reachable tells whether a script may send a file: what it could read, and what
// its user named in its arguments.
func (h Host) reachable(path string) error {
	if h.Interactive || slices.Contains(h.Args, path) {
		return nil
	}
	file, err := h.openWithin(path)
	if errors.Is(err, fs.ErrNotExist) { // it may lie in the data directory, by its name
		return nil
	}
	if err != nil {
		return fileError("uploading", path, err)
	}
	return file.Close()
}

// setDataDir keeps a script's downloads and uploads in its places.
func (h Host) setDataDir(dir string) error {
	absolute, err := sdc.AbsoluteDir(dir)
	if err != nil || dir == "" || !h.isScript() {
		return h.Client.SetDataDir(dir)
	}
	places, err := h.places()
	if err != nil {
		return err
	}
	for _, place := range places {
		if _, ok := under(resolved(place), resolved(absolute)); ok && !h.isForbidden(absolute) {
			return h.Client.SetDataDir(absolute)
		}
	}
	return runtime.Usagef("config.DATA_DIR: %s: a recipe's files lie under the working directory, its own directory or the data directory; --data-dir or IMAP_DATA_DIR names another", dir)
}

// archiveDomain is where the SDC's own archives are.
const archiveDomain = "imap-mission.com"

// setURL keeps a script's questions, which may tell what it has read, to the archive
// that it was started for, the SDC's own, and those of this machine.
func (h Host) setURL(text string) error {
	if _, err := sdc.New(sdc.Options{URL: text}); err != nil || text == "" || !h.isScript() {
		return h.Client.SetURL(text)
	}
	to, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		return err
	}
	started, err := url.Parse(h.ArchiveURL)
	if err != nil {
		return err
	}
	host := strings.ToLower(to.Hostname())
	ip := net.ParseIP(host)
	switch {
	case to.Scheme == started.Scheme && strings.EqualFold(to.Host, started.Host),
		to.Scheme == "https" && (host == archiveDomain || strings.HasSuffix(host, "."+archiveDomain)),
		host == "localhost" || ip != nil && ip.IsLoopback():
		return h.Client.SetURL(text)
	}
	return runtime.Usagef("config.DATA_ACCESS_URL: %s: a recipe asks the archive that it was started for, one of %s or one of this machine; --url or IMAP_DATA_ACCESS_URL names another", to.Host, archiveDomain)
}
