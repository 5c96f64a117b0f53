package sdc

import (
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"imapsh/naming"
)

// DownloadOptions say how files are fetched. The tags are the shell's and the
// command line's names and help.
type DownloadOptions struct {
	Concurrency int  `name:"concurrency" doc:"how many files at a time, 1 to 64 (default 8)"`
	Overwrite   bool `name:"overwrite" doc:"fetch files again that are there already"`
	DryRun      bool `name:"dry_run" doc:"only say what would be fetched"`

	Notify func(Transfer) `name:"-"` // called as each file ends, by one goroutine at a time; may be nil
}

// Download fetches one file, given by its name or its archive path, and returns
// where it lies. A file that is there already is left alone.
func (c *Client) Download(ctx context.Context, name string, o DownloadOptions) (Transfer, error) {
	path, err := naming.Parse(name)
	if err != nil {
		return Transfer{FilePath: name, Status: Failed, Err: err}, err
	}
	began := time.Now()
	t, err := c.download(ctx, path.ArchivePath(), o)
	t.Seconds = time.Since(began).Seconds()
	if err != nil {
		t.Status, t.Err = Failed, err
	}
	return t, err
}

// DownloadAll fetches several files at a time and tries every one: its error is
// a *TransferError when some failed. What makes all others fail as well (the
// caller is not known, the disk is full, ctx is done) stops it at once.
func (c *Client) DownloadAll(ctx context.Context, names []string, o DownloadOptions) (Report, error) {
	return transferAll(ctx, names, cmp.Or(o.Concurrency, 8), o.Notify, func(ctx context.Context, name string) (Transfer, error) {
		return c.Download(ctx, name, o)
	})
}

func (c *Client) download(ctx context.Context, archivePath string, o DownloadOptions) (Transfer, error) {
	t := Transfer{FilePath: archivePath, Path: c.LocalPath(archivePath)}
	if !o.Overwrite {
		switch info, err := os.Stat(t.Path); {
		case err == nil && info.Mode().IsRegular():
			t.Status = Skipped
			return t, nil
		case err == nil:
			return t, usagef("%s is in the way: it is not a file", t.Path)
		}
	}
	if o.DryRun {
		t.Status = Planned
		return t, nil
	}
	object, err := c.openObject(ctx, archivePath)
	if err != nil {
		return t, err
	}
	defer object.Body.Close()

	part, err := createPart(c.DataDir(), archivePath)
	if err != nil {
		return t, err
	}
	defer part.discard()
	sum := md5.New()
	t.Bytes, err = copyObject(ctx, part, object, sum)
	if err != nil {
		return t, err
	}
	if t.Verified, err = verify(object, t.Bytes, sum); err != nil {
		return t, err
	}
	t.Status = Downloaded
	return t, part.commit()
}

// openObject asks the API where a file's bytes are and opens them there. The
// store must not see the caller's credential, nor an https transfer become http.
func (c *Client) openObject(ctx context.Context, archivePath string) (*http.Response, error) {
	answer, err := c.get(ctx, http.StatusFound, "/download/"+archivePath, nil)
	if err != nil {
		return nil, withNotFoundAdvice(err, archivePath)
	}
	answer.Body.Close()
	target, err := answer.Request.URL.Parse(answer.Header.Get("Location"))
	switch {
	case err != nil || answer.Header.Get("Location") == "":
		return nil, &Error{Endpoint: endpointOf(answer.Request), Status: answer.StatusCode,
			Detail: "the archive did not say where the file is", Advice: adviceDown}
	case answer.Request.URL.Scheme == "https" && target.Scheme != "https", target.Scheme != "http" && target.Scheme != "https":
		return nil, &Error{Endpoint: endpointOf(answer.Request), Status: answer.StatusCode,
			Detail: fmt.Sprintf("the archive sends the transfer to %s://%s, which is not safe", target.Scheme, target.Host), Advice: adviceDown}
	}
	return c.getObject(ctx, target)
}

func (c *Client) getObject(ctx context.Context, target *url.URL) (*http.Response, error) {
	request, err := c.bareRequest(ctx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity") // the object's own bytes, counted and hashed as they are
	response, err := c.do(request)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		defer response.Body.Close()
		err := &Error{Status: response.StatusCode, Endpoint: endpointOf(request), Detail: detailOf(response)}
		if err.Unauthorized() {
			err.Advice = "the archive's permission for this transfer has expired: try again"
		}
		return nil, err
	}
	return response, nil
}

func withNotFoundAdvice(err error, archivePath string) error {
	var refused *Error
	if errors.As(err, &refused) && refused.NotFound() {
		refused.Advice = fmt.Sprintf("the archive has no %s; query({filename: '%s'}) shows what it has", archivePath, naming.Base(archivePath))
	}
	return err
}

// copyObject streams the object; memory does not grow with its size.
func copyObject(ctx context.Context, part io.Writer, object *http.Response, sum hash.Hash) (int64, error) {
	n, err := io.Copy(io.MultiWriter(part, sum), object.Body)
	switch {
	case err == nil:
		return n, nil
	case ctx.Err() != nil:
		return n, context.Cause(ctx)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, &Error{Endpoint: endpointOf(object.Request), Err: err, Advice: "try again",
			Detail: fmt.Sprintf("the connection ended after %d of %d bytes", n, object.ContentLength)}
	}
	var local *os.PathError
	if errors.As(err, &local) {
		return n, fmt.Errorf("writing %s: %w", local.Path, local.Err)
	}
	return n, &Error{Endpoint: endpointOf(object.Request), Err: err, Detail: err.Error(), Advice: "try again"}
}

// verify compares what came with what the store announced.
func verify(object *http.Response, n int64, sum hash.Hash) (Verification, error) {
	if object.ContentLength >= 0 && n != object.ContentLength {
		return "", &Error{Endpoint: endpointOf(object.Request), Advice: "try again",
			Detail: fmt.Sprintf("%d bytes came, %d were announced", n, object.ContentLength)}
	}
	want := md5Of(object.Header)
	if want == "" {
		return VerifiedSize, nil
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return "", &Error{Endpoint: endpointOf(object.Request), Advice: "the bytes were damaged on the way: try again",
			Detail: fmt.Sprintf("the bytes have MD5 %s, the archive's have %s", got, want)}
	}
	return VerifiedMD5, nil
}

// md5Of is the MD5 that an ETag holds: none when the object was uploaded in
// parts (…-N) or encrypted with a key of the key service.
func md5Of(header http.Header) string {
	tag := strings.ToLower(strings.Trim(header.Get("ETag"), `"`))
	if _, err := hex.DecodeString(tag); err != nil || len(tag) != hex.EncodedLen(md5.Size) {
		return ""
	}
	if strings.HasPrefix(header.Get("x-amz-server-side-encryption"), "aws:kms") {
		return ""
	}
	return tag
}
