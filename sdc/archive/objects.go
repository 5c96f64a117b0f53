package archive

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"time"
)

// Objects is the handler of the object store: GET and PUT of URLs that the API
// has signed, as S3 answers them.
func (a *Archive) Objects() http.Handler {
	return a.logged("objects", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.TrimPrefix(r.URL.Path, "/")
		refused := checkHeaders(r.Header)
		if refused == nil {
			refused = a.signer.check(r.Method, path, r.URL.Query())
		}
		if refused == nil {
			switch r.Method {
			case http.MethodGet:
				refused = a.getObject(w, r, path)
			case http.MethodPut:
				refused = a.putObject(w, r, path)
			default: // nothing signs another method
				refused = &storeError{http.StatusMethodNotAllowed, "MethodNotAllowed",
					"The specified method is not allowed against this resource."}
			}
		}
		if refused != nil {
			refused.write(w)
		}
	}))
}

// checkHeaders refuses an Authorization header beside the signature, and headers of
// S3 that the signature does not cover. Other headers mean nothing to S3: the official
// client sends x-api-key along.
func checkHeaders(h http.Header) *storeError {
	for name := range h {
		switch name := strings.ToLower(name); {
		case name == "authorization":
			return &storeError{http.StatusBadRequest, "InvalidArgument",
				"Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, " +
					"Signature query string parameter or the Authorization header should be specified"}
		case strings.HasPrefix(name, "x-amz-"):
			return &storeError{http.StatusBadRequest, "AccessDenied",
				"There were headers present in the request which were not signed"}
		}
	}
	return nil
}

// getObject answers with an object's bytes, or the part of them asked for.
func (a *Archive) getObject(w http.ResponseWriter, r *http.Request, path string) *storeError {
	object, err := a.store.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &storeError{http.StatusNotFound, "NoSuchKey", "The specified key does not exist."}
	} else if err != nil {
		return a.internal(r, err)
	}
	defer object.Close()
	sum, err := a.md5(r.Context(), path, object)
	if err != nil {
		return a.internal(r, err)
	}
	w.Header().Set("ETag", `"`+sum+`"`)
	w.Header().Set("Content-Type", "binary/octet-stream")
	http.ServeContent(w, r, "", object.ModTime(), object)
	return nil
}

// internal is the answer when the server is at fault, which is logged.
func (a *Archive) internal(r *http.Request, err error) *storeError {
	if r.Context().Err() == nil {
		a.log.Error("the request failed", "path", r.URL.Path, "error", err)
	}
	return &storeError{http.StatusInternalServerError, "InternalError", "We encountered an internal error. Please try again."}
}

// md5 is the MD5 of an object in hex, and leaves it at its beginning. It is
// computed once for each size and modification time.
func (a *Archive) md5(ctx context.Context, path string, object Object) (string, error) {
	size, mtime := object.Size(), object.ModTime().UnixNano()
	known, err := a.catalog.find(ctx, path)
	if err != nil {
		return "", err
	}
	if known.md5 != "" && known.size == size && known.mtime == mtime {
		return known.md5, nil
	}
	// Those who ask at the same time wait for the first, whose going away must
	// not fail the others.
	sum, err, _ := a.hashing.Do(fmt.Sprint(path, "\n", size, "\n", mtime), func() (any, error) {
		hash := md5.New()
		if _, err := io.Copy(hash, object); err != nil {
			return "", fmt.Errorf("hashing %s: %w", path, err)
		}
		sum := hex.EncodeToString(hash.Sum(nil))
		err := a.catalog.change(context.WithoutCancel(ctx), func(w *change) error {
			if known.size >= 0 && (known.size != size || known.mtime != mtime) { // it was replaced while the archive runs
				e := entry{path, a.now().UTC().Truncate(time.Second), !known.hidden}
				if err := w.add(e, a.listed(path)); err != nil {
					return err
				}
			}
			return w.setMD5(path, size, mtime, sum)
		})
		if err != nil {
			// It can be computed again: no reason to refuse the object.
			a.log.Warn("the MD5 could not be kept", "path", path, "error", err)
		}
		return sum, nil
	})
	if err != nil {
		return "", err
	}
	if _, err := object.Seek(0, io.SeekStart); err != nil {
		return "", fmt.Errorf("hashing %s: %w", path, err)
	}
	return sum.(string), nil
}
