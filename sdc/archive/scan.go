package archive

import (
	"context"
	"errors"
	"io/fs"
	pathpkg "path"
	"strings"
	"time"

	"imapsh/naming"
)

// Rescan brings the catalog up to date with the store, in one transaction: new
// files are added, with their modification time as the ingestion date; those whose size or
// modification time has changed are ingested again, now; and those that are gone are
// removed. A file is released unless the catalog,
// Options.Unreleased or the list .unreleased in its directory says that it is not.
// [Open] does this; a running archive knows of no file put into the store
// beside it until it is called again.
func (a *Archive) Rescan(ctx context.Context) error {
	gone, err := a.catalog.states(ctx)
	if err != nil {
		return err
	}
	hidden, err := a.catalog.hiddenPaths(ctx)
	if err != nil {
		return err
	}
	for _, path := range a.unreleased {
		hidden[path] = true
	}
	lists, _ := a.store.(unreleasedLists)
	marked := map[string]map[string]bool{} // what each directory's list names
	var found []entry
	states := map[string]State{} // of what is found, and of what the catalog did not know it
	now := a.now().UTC().Truncate(time.Second)
	var toHide, toList []string
	err = a.store.Walk(ctx, func(path string, state func() (State, error)) error {
		if lists != nil {
			dir, name := pathpkg.Split(path)
			names, read := marked[dir]
			if !read {
				var err error
				if names, err = lists.Listed(strings.TrimSuffix(dir, "/")); err != nil {
					return err
				}
				marked[dir] = names
			}
			switch {
			case names[name] && !hidden[path]:
				hidden[path] = true
				toHide = append(toHide, path)
			case hidden[path] && !names[name]:
				toList = append(toList, path)
			}
		}
		is, err := state()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed meanwhile
		} else if err != nil {
			return err
		}
		was, known := gone[path]
		delete(gone, path)
		switch {
		case !known:
			found = append(found, entry{path, is.ModTime, !hidden[path]})
		case was.Size < 0 && is.Size < 0, was.Size >= 0 && (is.Size < 0 || was.equal(is)):
			return nil
		case was.Size >= 0:
			a.log.Info("the file was replaced: it has a new ingestion date", "path", path)
			found = append(found, entry{path, now, !hidden[path]})
		}
		states[path] = is
		return nil
	})
	if err != nil {
		return err
	}
	for _, path := range toList {
		if err := lists.List(path); err != nil { // hidden now; by the loss of the catalog it would be released
			a.log.Warn("what hides the file is kept in the catalog alone", "path", path, "error", err)
		}
	}
	return a.catalog.change(ctx, func(w *change) error {
		for _, e := range found {
			if err := w.add(e, a.listed(e.path)); err != nil {
				return err
			}
		}
		for path, state := range states {
			if err := w.setState(path, state); err != nil {
				return err
			}
		}
		for path := range gone {
			a.log.Debug("no longer in the store", "path", path)
			if err := w.remove(path); err != nil {
				return err
			}
		}
		for _, path := range append(toHide, a.unreleased...) {
			if err := w.hide(path); err != nil {
				return err
			}
		}
		return nil
	})
}

// listed is the parsed name of a file that a table may list, or nil when the
// name follows no convention or the file lies where its name does not belong.
func (a *Archive) listed(path string) naming.FilePath {
	name, err := naming.Parse(path)
	if err != nil {
		a.log.Debug("not listed by queries: the name follows no convention", "path", path, "reason", err)
		return nil
	}
	if name.ArchivePath() != path {
		a.log.Warn("not listed by queries: the file does not lie where its name belongs", "path", path, "belongs", name.ArchivePath())
		return nil
	}
	return name
}
