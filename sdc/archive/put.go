package archive

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"net/http"
	"slices"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"imapsh/naming"
)

// putObject keeps an uploaded body, and catalogues it at once.
func (a *Archive) putObject(w http.ResponseWriter, r *http.Request, path string) *storeError {
	if r.Header.Get("Content-Type") != "" {
		return errSignature() // it is signed as empty
	}
	name, err := parseUpload(path)
	if err != nil || name.ArchivePath() != path { // nothing signs such a path
		return &storeError{http.StatusBadRequest, "InvalidArgument", "The path is not that of an archive file."}
	}
	body, refused := newUploadBody(r)
	if refused != nil {
		return refused
	}
	if refused := a.tooLarge(body.length); refused != nil {
		return refused
	}
	if taken, err := a.taken(path); err != nil {
		return a.notStored(r, err)
	} else if taken {
		if err := a.settle(r.Context(), name, a.hides(name)); err != nil {
			return a.notStored(r, err)
		}
		return &storeError{http.StatusConflict, "FileAlreadyExists", alreadyExists(path)}
	}
	// Once the body is there, the caller's going away must not leave a file
	// that is not catalogued.
	if err := a.keep(context.WithoutCancel(r.Context()), name, body); err != nil {
		return a.notStored(r, err)
	}
	w.Header().Set("ETag", `"`+body.sum()+`"`)
	w.WriteHeader(http.StatusOK)
	return nil
}

// tooLarge refuses an upload before its first byte: one over the limit, or one that the
// disk has no space for.
func (a *Archive) tooLarge(length int64) *storeError {
	if a.maxUpload > 0 && length > a.maxUpload {
		return &storeError{http.StatusRequestEntityTooLarge, "EntityTooLarge",
			fmt.Sprintf("The file has %d bytes, but this archive takes %d at most.", length, a.maxUpload)}
	}
	if disk, ok := a.store.(interface{ Free() (int64, bool) }); ok {
		if free, known := disk.Free(); known && length > free {
			return &storeError{http.StatusInsufficientStorage, "InternalError",
				"The file was not stored: no space is left on the archive's disk."}
		}
	}
	return nil
}

// keep stores and catalogues an upload. What waits for a release is marked as
// hidden before it is there: if the server dies between the two, the next
// catalogues it as hidden.
func (a *Archive) keep(ctx context.Context, name naming.FilePath, body *uploadBody) error {
	path := name.ArchivePath()
	hidden := a.hides(name)
	if hidden {
		if lists, ok := a.store.(unreleasedLists); ok {
			if err := lists.List(path); err != nil {
				return err
			}
		}
		if err := a.catalog.change(ctx, func(w *change) error { return w.hide(path) }); err != nil {
			return err
		}
	}
	now := a.now().UTC().Truncate(time.Second)
	if err := a.store.Create(path, now, body); errors.Is(err, fs.ErrExist) {
		// The faster upload may not be catalogued yet, but a caller who learns that the file
		// exists must be able to ask for it.
		return errors.Join(a.settle(ctx, name, hidden), err)
	} else if err != nil {
		return errors.Join(err, a.settle(ctx, name, hidden))
	}
	err := a.catalog.change(ctx, func(w *change) error {
		if err := w.add(entry{path, now, !hidden}, name); err != nil {
			return err
		}
		if hidden { // again: an upload of this name that failed may have taken the mark back
			if err := w.hide(path); err != nil {
				return err
			}
		}
		return w.setMD5(path, body.length, now.UnixNano(), body.sum())
	})
	if err != nil {
		return fmt.Errorf("stored, but not catalogued before the next start: %w", err)
	}
	return nil
}

// hides reports whether an uploaded file of this name waits for a release.
func (a *Archive) hides(name naming.FilePath) bool {
	return hiddenAtFirst(name) || slices.Contains(a.unreleased, name.ArchivePath())
}

// isSQLite reports whether an error is the database's with a primary result code.
func isSQLite(err error, code int) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == code
}

// settle makes the catalog true after an upload that failed. If nothing is there,
// the mark as hidden is taken back. If the store holds the object all the same, it
// is catalogued as a scan would.
func (a *Archive) settle(ctx context.Context, name naming.FilePath, hidden bool) error {
	path := name.ArchivePath()
	object, err := a.store.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && (!hidden || slices.Contains(a.unreleased, path)):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return a.catalog.change(ctx, func(w *change) error { return w.unhide(path) })
	case err != nil:
		return err
	}
	ingested := object.ModTime()
	if err := object.Close(); err != nil {
		return err
	}
	if known, err := a.catalog.find(ctx, path); err != nil || known.exists {
		return err
	}
	return a.catalog.change(ctx, func(w *change) error {
		if err := w.add(entry{path, ingested, !hidden}, name); err != nil || !hidden {
			return err
		}
		return w.hide(path) // again, as keep does
	})
}

// notStored is the answer when a body was not kept. Reasons that lie with the
// server are logged.
func (a *Archive) notStored(r *http.Request, err error) *storeError {
	if refused, ok := errors.AsType[*storeError](err); ok {
		return refused
	}
	if errors.Is(err, fs.ErrExist) {
		return &storeError{http.StatusConflict, "FileAlreadyExists", "The file exists already: another upload was faster."}
	}
	a.log.Error("the upload was not stored", "path", r.URL.Path, "error", err)
	status, reason := http.StatusInternalServerError, "the archive could not write it"
	switch {
	case errors.Is(err, syscall.ENOSPC), isSQLite(err, sqlite3.SQLITE_FULL):
		status, reason = http.StatusInsufficientStorage, "no space is left on the archive's disk"
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		reason = "the archive's directory is read-only"
	case errors.Is(err, fs.ErrInvalid):
		reason = "the archive's system cannot hold a file of this name"
	}
	return &storeError{status, "InternalError", "The file was not stored: " + reason + "."}
}

// uploadBody reads a request's body and ends in an error, a *storeError, unless
// it is what the headers say.
type uploadBody struct {
	body   io.Reader
	length int64  // as the header says
	want   []byte // MD5 as the header says, or nil
	got    int64
	hash   hash.Hash
}

// newUploadBody checks the headers that describe the body.
func newUploadBody(r *http.Request) (*uploadBody, *storeError) {
	// A request without a length and without chunks has length 0 for net/http.
	if r.ContentLength < 0 || r.Header.Get("Content-Length") == "" {
		return nil, &storeError{http.StatusLengthRequired, "MissingContentLength", "You must provide the Content-Length HTTP header."}
	}
	if r.ContentLength == 0 {
		return nil, &storeError{http.StatusBadRequest, "InvalidRequest", "The file is empty."}
	}
	u := &uploadBody{body: r.Body, length: r.ContentLength, hash: md5.New()}
	if text := r.Header.Get("Content-MD5"); text != "" {
		sum, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(sum) != md5.Size {
			return nil, &storeError{http.StatusBadRequest, "InvalidDigest", "The Content-MD5 you specified was invalid."}
		}
		u.want = sum
	}
	return u, nil
}

func (u *uploadBody) Read(p []byte) (int, error) {
	n, err := u.body.Read(p)
	u.got += int64(n)
	u.hash.Write(p[:n])
	switch {
	case err == nil:
	case err == io.EOF && u.got == u.length:
		if u.want != nil && string(u.want) != string(u.hash.Sum(nil)) {
			err = &storeError{http.StatusBadRequest, "BadDigest", "The Content-MD5 you specified did not match what we received."}
		}
	default: // ended early, or the connection broke
		err = &storeError{http.StatusBadRequest, "IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header"}
	}
	return n, err
}

// sum is the MD5 in hex of what was read.
func (u *uploadBody) sum() string { return hex.EncodeToString(u.hash.Sum(nil)) }
