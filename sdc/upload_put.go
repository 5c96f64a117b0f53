package sdc

import (
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

	"imapsh/naming"
	"imapsh/sdc/internal/transport"
)

// uploader brings one file into the archive. It is the engine of all uploads.
type uploader struct {
	client *Client
	named  naming.FilePath
	source *source
	meter  *meter

	unconfirmed bool     // bytes went out, and no clear answer came: the archive may have them
	refusals    refusals // of URLs to put the file to
}

// run tries until the archive has the file. A 409 is its own error; but after a
// lost answer it may be the trace of this upload's own success, which is checked.
func (u *uploader) run(ctx context.Context) error {
	attempts := u.client.transfers.Begin()
	for {
		err := u.attempt(ctx)
		if u.unconfirmed && isConflict(err) {
			err = u.compare(ctx)
		}
		if err == nil {
			return nil
		}
		if err := attempts.Next(ctx, err, u.meter.retry); err != nil {
			return err
		}
	}
}

// attempt asks for a place, good for one attempt, and puts the file there.
func (u *uploader) attempt(ctx context.Context) error {
	target, err := u.locate(ctx)
	if err != nil {
		return err
	}
	return u.put(ctx, target)
}

// locate asks for the place to put the file: a URL that is itself the permission.
func (u *uploader) locate(ctx context.Context) (*url.URL, error) {
	response, err := u.client.get(ctx, http.StatusOK, "/upload/"+u.named.Filename(), nil, u.named.ArchivePath())
	if err != nil {
		return nil, apiFailure{err}
	}
	defer transport.Drain(response)
	var text string
	err = json.NewDecoder(io.LimitReader(response.Body, 1<<16)).Decode(&text)
	var broken *Error
	if errors.As(err, &broken) || ctx.Err() != nil { // the answer broke off: the next one may be complete
		return nil, err
	}
	target, parseErr := url.Parse(text)
	if err != nil || parseErr != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https" ||
		target.Scheme == "http" && response.Request.URL.Scheme == "https" {
		return nil, &Error{Endpoint: transport.EndpointOf(response.Request), Reason: InvalidAnswer,
			Detail: "the archive did not say where to put the file"}
	}
	target.User = nil // it would be sent as a credential
	return target, nil
}

// put streams the file to the store.
func (u *uploader) put(ctx context.Context, target *url.URL) error {
	request, err := u.client.storeRequest(ctx, http.MethodPut, target, u.source.body(u.meter))
	if err != nil {
		return err
	}
	request.ContentLength = u.source.size
	request.Header["Content-Type"] = []string{""} // part of what the URL's signature covers
	request.Header.Set("Content-MD5", base64.StdEncoding.EncodeToString(u.source.sum))
	response, err := u.client.transport.Send(request)
	if ctx.Err() == nil && u.source.changed() {
		if err == nil {
			transport.Drain(response)
		}
		return usagef("%s changed while it was sent: upload it again when it is complete; the archive refuses or holds what was sent of it", u.source.Name())
	}
	if err != nil {
		u.unconfirmed = true
		return err
	}
	defer transport.Drain(response)
	switch response.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
		return u.checkStored(response)
	}
	refused := u.client.transport.StatusError(response)
	switch {
	case refused.Status == http.StatusConflict, refused.Status == http.StatusPreconditionFailed:
		return &Error{Status: http.StatusConflict, Endpoint: refused.Endpoint, Detail: refused.Detail, Reason: AlreadyExists}
	case urlRefused(refused): // the next attempt has a fresh one
		u.refusals++
		return u.refusals.error(refused)
	}
	u.unconfirmed = u.unconfirmed || refused.Status >= 500
	return errorOf(refused, StoreFailed)
}

// checkStored compares the MD5 that the store gives with the file's.
func (u *uploader) checkStored(response *http.Response) error {
	if theirs := md5Of(response.Header); theirs != "" && theirs != hex.EncodeToString(u.source.sum) {
		return &Error{Endpoint: transport.EndpointOf(response.Request), Reason: StoredBadly,
			Detail: fmt.Sprintf("the archive stored bytes with MD5 %s, the file's is %x", theirs, u.source.sum)}
	}
	return nil
}

// compare makes sure that the archive's file of this name has the same bytes.
func (u *uploader) compare(ctx context.Context) error {
	object := &object{client: u.client, path: u.named.ArchivePath()}
	theirs, err := object.info(ctx)
	if err == nil && theirs.MD5 == "" && (theirs.Size < 0 || theirs.Size == u.source.size) {
		theirs.MD5, err = transport.Retry(ctx, u.client.transfers, func() (string, error) { return object.md5(ctx) })
	}
	if err != nil {
		var refused *Error
		if u.unconfirmed && errors.As(err, &refused) && refused.NotFound() {
			err = transport.Classify(transport.RetryLater, &Error{Status: refused.Status, Endpoint: refused.Endpoint, FilePath: refused.FilePath, Reason: Unconfirmed, Err: err,
				Detail: "the answer to the upload was lost; the archive has a file of this name now, but does not give it out yet"})
		}
		return fmt.Errorf("comparing with the archive's file: %w", err)
	}
	if theirs.Size >= 0 && theirs.Size != u.source.size || theirs.MD5 != hex.EncodeToString(u.source.sum) {
		return &Error{Status: http.StatusConflict, Endpoint: object.path,
			Detail: "the archive has a file of this name with other bytes", Reason: DifferentContent}
	}
	return nil
}

// md5 reads the whole object for its hash, which the store does not know.
func (o *object) md5(ctx context.Context) (string, error) {
	response, err := o.open(ctx, 0, -1, "")
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	hash := md5.New()
	if response.StatusCode == http.StatusOK {
		if _, err := io.Copy(hash, response.Body); err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

func isConflict(err error) bool {
	var refused *Error
	return errors.As(err, &refused) && refused.Exists()
}
