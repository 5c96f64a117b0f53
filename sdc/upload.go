package sdc

import (
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"imapsh/naming"
)

// UploadOptions say how files are sent. The tags are the shell's and the command
// line's names and help.
type UploadOptions struct {
	SkipExisting bool `name:"skip_existing" doc:"no error when the archive holds the same bytes already"`
	DryRun       bool `name:"dry_run" doc:"check the files and only say what would be sent"`

	Notify func(Transfer) `name:"-"` // called as each file ends, by one goroutine at a time; may be nil
}

// Upload sends one file of this machine to the archive. Its name must follow the
// conventions; a science file's version must have a major part. A bare name is
// looked up in the working directory and in the data directory's layout.
func (c *Client) Upload(ctx context.Context, name string, o UploadOptions) (Transfer, error) {
	began := time.Now()
	t, err := c.upload(ctx, name, o)
	t.Seconds = time.Since(began).Seconds()
	if err != nil {
		t.Status, t.Err = Failed, err
	}
	return t, err
}

// UploadAll sends several files and tries every one: its error is a
// *TransferError when some failed.
func (c *Client) UploadAll(ctx context.Context, names []string, o UploadOptions) (Report, error) {
	return transferAll(ctx, names, 4, o.Notify, func(ctx context.Context, name string) (Transfer, error) {
		return c.Upload(ctx, name, o)
	})
}

func (c *Client) upload(ctx context.Context, name string, o UploadOptions) (Transfer, error) {
	t := Transfer{FilePath: name, Path: name}
	if c.readOnly {
		return t, usagef("upload: refused, since this session is read-only (--read-only)")
	}
	named, err := uploadName(name)
	if err != nil {
		return t, err
	}
	t.FilePath = named.ArchivePath()
	source, err := c.openSource(name, named)
	if err != nil {
		return t, err
	}
	defer source.Close()
	t.Path = source.Name()
	size, sum, err := measure(source)
	if err != nil {
		return t, fmt.Errorf("reading %s: %w", t.Path, err)
	}
	if o.DryRun {
		t.Status = Planned
		return t, nil
	}
	target, err := c.uploadURL(ctx, named)
	var refused *Error
	if errors.As(err, &refused) && refused.Exists() && o.SkipExisting {
		return c.skipUpload(ctx, t, sum)
	}
	if err != nil {
		return t, err
	}
	if err := c.put(ctx, target, source, size, sum); err != nil {
		return t, err
	}
	t.Status, t.Bytes, t.Verified = Uploaded, size, VerifiedMD5
	return t, nil
}

// uploadName checks a name before anything is asked of the archive.
func uploadName(name string) (naming.FilePath, error) {
	path, err := naming.Parse(name)
	if err != nil {
		return nil, err
	}
	if science, ok := path.(naming.ScienceFilePath); ok && science.Version.Major == naming.NoMajor {
		return nil, usagef("%s: a science file is uploaded with a version of the form vMMM.mmmm, such as v001.0001, not %s",
			path.Filename(), science.Version)
	}
	return path, nil
}

// openSource finds the file: as given, or in the data directory's own layout.
func (c *Client) openSource(name string, named naming.FilePath) (*os.File, error) {
	file, err := os.Open(name)
	second := c.LocalPath(named.ArchivePath())
	if errors.Is(err, os.ErrNotExist) {
		file, err = os.Open(second)
	}
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil, usagef("no such file: looked for %s and %s (the data directory keeps files as in the archive, under imap/…)", name, second)
	case err != nil:
		return nil, err
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = usagef("%s: it is not a file", name)
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return file, nil
}

// measure reads the file once, for the length and MD5 that go ahead of it.
func measure(file *os.File) (size int64, sum []byte, err error) {
	hash := md5.New()
	if size, err = io.Copy(hash, file); err != nil {
		return 0, nil, err
	}
	_, err = file.Seek(0, io.SeekStart)
	return size, hash.Sum(nil), err
}

// uploadURL asks for the place to put the file: a URL that is itself the permission.
func (c *Client) uploadURL(ctx context.Context, named naming.FilePath) (*url.URL, error) {
	response, err := c.get(ctx, http.StatusOK, "/upload/"+named.Filename(), nil)
	if err != nil {
		var refused *Error
		if errors.As(err, &refused) && refused.Exists() {
			refused.Advice = "the archive never replaces a file: give yours the next version, or skip_existing if it may be the same"
		}
		return nil, err
	}
	defer response.Body.Close()
	var text string
	err = json.NewDecoder(io.LimitReader(response.Body, 1<<16)).Decode(&text)
	target, parseErr := url.Parse(text)
	if err != nil || parseErr != nil || target.Scheme != "http" && target.Scheme != "https" ||
		target.Scheme == "http" && response.Request.URL.Scheme == "https" {
		return nil, &Error{Endpoint: endpointOf(response.Request), Advice: adviceDown,
			Detail: "the archive did not say where to put the file"}
	}
	return target, nil
}

// put streams the file to the store.
func (c *Client) put(ctx context.Context, target *url.URL, source *os.File, size int64, sum []byte) error {
	before, err := source.Stat()
	if err != nil {
		return err
	}
	request, err := c.bareRequest(ctx, http.MethodPut, target.String(), body(source, size))
	if err != nil {
		return err
	}
	request.ContentLength = size
	request.Header["Content-Type"] = []string{""} // part of what the URL's signature covers
	request.Header.Set("Content-MD5", base64.StdEncoding.EncodeToString(sum))
	response, err := c.do(request)
	after, statErr := source.Stat()
	changed := statErr == nil && (after.Size() != size || !after.ModTime().Equal(before.ModTime()))
	if err != nil {
		if changed && ctx.Err() == nil {
			return usagef("%s changed while it was sent: upload it again when it is complete", source.Name())
		}
		return err
	}
	defer response.Body.Close()
	if changed {
		return usagef("%s changed while it was sent: compare it with the archive's", source.Name())
	}
	if response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
		return &Error{Status: response.StatusCode, Endpoint: endpointOf(request), Detail: detailOf(response), Advice: "try again; " + adviceDown}
	}
	if stored := md5Of(response.Header); stored != "" && stored != hex.EncodeToString(sum) {
		return &Error{Endpoint: endpointOf(request), Advice: "write to imap-sdc@lasp.colorado.edu: the archive holds a damaged file",
			Detail: fmt.Sprintf("the archive stored bytes with MD5 %s, the file's is %x", stored, sum)}
	}
	return nil
}

// body of an upload: an empty file must still announce its length.
func body(source io.Reader, size int64) io.Reader {
	if size == 0 {
		return http.NoBody
	}
	return io.NopCloser(io.LimitReader(source, size))
}

// skipUpload accepts a file that the archive has already, if its bytes are the same.
func (c *Client) skipUpload(ctx context.Context, t Transfer, sum []byte) (Transfer, error) {
	object, err := c.openObject(ctx, t.FilePath)
	if err != nil {
		return t, fmt.Errorf("comparing with the archive's file: %w", err)
	}
	defer object.Body.Close()
	theirs := md5Of(object.Header)
	if theirs == "" { // no hash is kept: compare the bytes themselves
		hash := md5.New()
		if _, err := copyObject(ctx, io.Discard, object, hash); err != nil {
			return t, fmt.Errorf("comparing with the archive's file: %w", err)
		}
		theirs = hex.EncodeToString(hash.Sum(nil))
	}
	ours, _ := hex.DecodeString(theirs)
	if !bytes.Equal(ours, sum) {
		return t, &Error{Status: http.StatusConflict, Endpoint: cmp.Or(t.FilePath, t.Path),
			Detail: "the archive has a file of this name with other bytes", Advice: "give yours the next version"}
	}
	t.Status = Skipped
	return t, nil
}
