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

// sending brings one file into the archive. It is the engine of all uploads.
type sending struct {
	client *Client
	named  naming.FilePath
	source *source
	meter  *meter

	unsure   bool     // bytes went out, and no clear answer came: the archive may have them
	refusals refusals // of URLs to put the file to
}

// run tries until the archive has the file. A 409 is its own error; but after a
// lost answer it may be the trace of this upload's own success, which is checked.
func (s *sending) run(ctx context.Context) error {
	attempts := s.client.transfers.Begin()
	for {
		err := s.try(ctx)
		if s.unsure && isConflict(err) {
			err = s.compare(ctx)
		}
		if err == nil {
			return nil
		}
		if err := attempts.Next(ctx, err, s.meter.retry); err != nil {
			return err
		}
	}
}

// try asks for a place, good for one try, and puts the file there.
func (s *sending) try(ctx context.Context) error {
	target, err := s.locate(ctx)
	if err != nil {
		return err
	}
	return s.put(ctx, target)
}

// locate asks for the place to put the file: a URL that is itself the permission.
func (s *sending) locate(ctx context.Context) (*url.URL, error) {
	response, err := s.client.get(ctx, http.StatusOK, "/upload/"+s.named.Filename(), nil, s.named.ArchivePath())
	if err != nil {
		return nil, ofAPI{err}
	}
	defer transport.Drain(response)
	var text string
	err = json.NewDecoder(io.LimitReader(response.Body, 1<<16)).Decode(&text)
	var broken *Error
	if errors.As(err, &broken) || ctx.Err() != nil { // the answer broke off: it may come whole the next time
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
func (s *sending) put(ctx context.Context, target *url.URL) error {
	request, err := s.client.storeRequest(ctx, http.MethodPut, target, s.source.body(s.meter))
	if err != nil {
		return err
	}
	request.ContentLength = s.source.size
	request.Header["Content-Type"] = []string{""} // part of what the URL's signature covers
	request.Header.Set("Content-MD5", base64.StdEncoding.EncodeToString(s.source.sum))
	response, err := s.client.transport.Send(request)
	if ctx.Err() == nil && s.source.changed() {
		if err == nil {
			transport.Drain(response)
		}
		return usagef("%s changed while it was sent: upload it again when it is complete; the archive refuses or holds what was sent of it", s.source.Name())
	}
	if err != nil {
		s.unsure = true
		return err
	}
	defer transport.Drain(response)
	switch response.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
		return s.stored(response)
	}
	refused := s.client.transport.StatusError(response)
	switch {
	case refused.Status == http.StatusConflict, refused.Status == http.StatusPreconditionFailed:
		return &Error{Status: http.StatusConflict, Endpoint: refused.Endpoint, Detail: refused.Detail, Reason: AlreadyExists}
	case urlRefused(refused): // the next attempt has a fresh one
		s.refusals++
		return s.refusals.explain(refused)
	}
	s.unsure = s.unsure || refused.Status >= 500
	return errorOf(refused, StoreFailed)
}

// stored checks what the store says it has.
func (s *sending) stored(response *http.Response) error {
	if theirs := md5Of(response.Header); theirs != "" && theirs != hex.EncodeToString(s.source.sum) {
		return &Error{Endpoint: transport.EndpointOf(response.Request), Reason: StoredBadly,
			Detail: fmt.Sprintf("the archive stored bytes with MD5 %s, the file's is %x", theirs, s.source.sum)}
	}
	return nil
}

// compare makes sure that the archive's file of this name has the same bytes.
func (s *sending) compare(ctx context.Context) error {
	object := &object{client: s.client, path: s.named.ArchivePath()}
	theirs, err := object.info(ctx)
	if err == nil && theirs.MD5 == "" && (theirs.Size < 0 || theirs.Size == s.source.size) {
		theirs.MD5, err = transport.Retry(ctx, s.client.transfers, func() (string, error) { return object.md5(ctx) })
	}
	if err != nil {
		var refused *Error
		if s.unsure && errors.As(err, &refused) && refused.NotFound() {
			err = transport.Classify(transport.RetryLater, &Error{Status: refused.Status, Endpoint: refused.Endpoint, FilePath: refused.FilePath, Reason: Unconfirmed, Err: err,
				Detail: "the answer to the upload was lost; the archive has a file of this name now, but does not give it out yet"})
		}
		return fmt.Errorf("comparing with the archive's file: %w", err)
	}
	if theirs.Size >= 0 && theirs.Size != s.source.size || theirs.MD5 != hex.EncodeToString(s.source.sum) {
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
