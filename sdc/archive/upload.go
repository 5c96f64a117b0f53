package archive

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"

	"imapsh/naming"
)

// maxNameLength is what file systems allow, in bytes. The temporary name of an
// upload is shorter.
const maxNameLength = 255

// serveUpload answers /upload/{filename}: with a signed URL to put the bytes to.
// Of a path its last element counts, as on the real server.
func (a *Archive) serveUpload(w http.ResponseWriter, r *http.Request, filename, objectsURL string) {
	if filename == "" {
		writeJSON(w, http.StatusBadRequest, "No filename given for the upload. Please provide a filename "+
			"in the path. Eg. /upload/path/to/file/filename.pkts")
		return
	}
	name, err := parseUpload(filename)
	if err != nil {
		writeJSON(w, http.StatusBadRequest, err.Error())
		return
	}
	path := name.ArchivePath()
	taken, err := a.taken(path)
	if err != nil {
		a.fail(w, r, err)
		return
	}
	if taken {
		if err := a.settle(r.Context(), name, a.hides(name)); err != nil {
			a.fail(w, r, err)
			return
		}
		writeJSON(w, http.StatusConflict, struct {
			Error   string `json:"error"`
			Message string `json:"message"`
		}{"FileAlreadyExists", alreadyExists(path)})
		return
	}
	writeJSON(w, http.StatusOK, a.signer.sign(objectsURL, http.MethodPut, path))
}

// parseUpload reads the name of a file that is to be uploaded.
func parseUpload(filename string) (naming.FilePath, error) {
	name, err := naming.Parse(filename)
	if err != nil {
		return nil, err
	}
	if err := naming.CheckUpload(name); err != nil {
		return nil, err
	}
	if n := len(name.Filename()); n > maxNameLength {
		return nil, fmt.Errorf("%q: the name is %d bytes long, more than %d", name.Filename(), n, maxNameLength)
	}
	return name, nil
}

// taken reports whether the store has an object at a path, catalogued or not.
func (a *Archive) taken(path string) (bool, error) {
	object, err := a.store.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	return true, object.Close()
}

func alreadyExists(path string) string {
	return fmt.Sprintf("The file '%s' already exists. Rename it or remove the existing file before uploading again.", path)
}
