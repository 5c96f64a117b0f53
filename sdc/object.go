package sdc

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// object is a file of the archive, as the object store holds it. Where that is
// the API says, with a URL that is itself the permission, for a while.
type object struct {
	client *Client
	path   string

	mu       sync.Mutex
	target   *url.URL  // nil: to be asked for
	ahead    *location // asked for before the transfer began; nil: not, or taken
	located  func()    // called when the API has answered where the object is; may be nil
	refusals refusals  // since a URL was accepted
}

// maxRedirects is how many redirects of the object store are followed.
const maxRedirects = 5

// open asks for the object's bytes from an offset on, up to but not including
// another if that is not negative; etag makes sure that they are of the same
// object as before. The response has status 200, 206 or 416: the caller closes
// its body.
func (o *object) open(ctx context.Context, from, to int64, etag string) (*http.Response, error) {
	target, err := o.locate(ctx)
	if err != nil {
		return nil, err
	}
	signed := target
	for range maxRedirects {
		response, err := o.request(ctx, target, from, to, etag)
		if err != nil {
			return nil, err
		}
		switch status := response.StatusCode; {
		case status == http.StatusOK, status == http.StatusPartialContent, status == http.StatusRequestedRangeNotSatisfiable:
			o.accepted()
			return response, nil
		case status < 300 || status >= 400:
			defer transport.Drain(response)
			refused := o.client.transport.StatusError(response)
			if urlRefused(refused) {
				return nil, o.expired(signed, refused)
			}
			return nil, errorOf(refused, StoreFailed)
		}
		transport.Drain(response)
		if target, err = redirectTarget(response); err != nil {
			return nil, err
		}
	}
	return nil, &Error{Endpoint: "GET " + o.path, Reason: InvalidAnswer,
		Detail: fmt.Sprintf("too many redirects (%d)", maxRedirects)}
}

func (o *object) request(ctx context.Context, target *url.URL, from, to int64, etag string) (*http.Response, error) {
	request, err := o.client.storeRequest(ctx, http.MethodGet, target, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "identity") // the object's own bytes, counted and hashed as they are
	if from > 0 || to >= 0 {
		span := "bytes=" + strconv.FormatInt(from, 10) + "-"
		if to >= 0 {
			span += strconv.FormatInt(to-1, 10)
		}
		request.Header.Set("Range", span)
		if etag != "" {
			request.Header.Set("If-Range", etag)
		}
	}
	return o.client.transport.Send(request)
}

// locate asks the API where the object is, unless that is known.
func (o *object) locate(ctx context.Context) (*url.URL, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.target != nil {
		return o.target, nil
	}
	if ahead := o.ahead; ahead != nil {
		o.ahead = nil
		target, err := ahead.take(ctx)
		if target != nil || err != nil {
			o.target = target
			return target, err
		}
	}
	target, err := o.ask(ctx)
	if err == nil && o.located != nil {
		o.located()
	}
	o.target = target
	return target, err
}

// ask asks the API where the object is.
func (o *object) ask(ctx context.Context) (*url.URL, error) {
	answer, err := o.client.get(ctx, http.StatusFound, "/download/"+o.path, nil, o.path)
	if err != nil {
		return nil, apiFailure{err}
	}
	transport.Drain(answer)
	return redirectTarget(answer)
}

// releaseAhead gives back the lane of a location that the transfer did not need.
func (o *object) releaseAhead() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.ahead != nil {
		o.ahead.release()
	}
}

// expired drops a URL that the store refused, so that the next attempt asks for a fresh one.
func (o *object) expired(target *url.URL, refused *transport.Error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.target == target {
		o.target = nil
		o.refusals++
	}
	return o.refusals.error(refused)
}

func (o *object) accepted() {
	o.mu.Lock()
	o.refusals = 0
	o.mu.Unlock()
}

// refusals counts URLs that the store refused although the API had just signed them.
type refusals int

// error is the error of a refusal: a few times a fresh URL is tried at once.
func (r refusals) error(refused *transport.Error) error {
	err := errorOf(refused, StoreRefused)
	if r < 3 {
		return transport.Classify(transport.RetryAtOnce, err)
	}
	return err
}

// urlRefused reports whether the store refused a signed URL: it has expired, or the
// credential that it was signed with has, which S3 says with another status.
func urlRefused(refused *transport.Error) bool {
	return refused.Status == http.StatusForbidden || refused.Status == http.StatusBadRequest && refused.Code == "ExpiredToken"
}

// redirectTarget is where a redirect leads: to http only from http.
func redirectTarget(answer *http.Response) (*url.URL, error) {
	broken := &Error{Endpoint: transport.EndpointOf(answer.Request), Status: answer.StatusCode, Reason: InvalidAnswer}
	location := answer.Header.Get("Location")
	target, err := answer.Request.URL.Parse(location)
	switch {
	case err != nil || location == "" || target.Host == "":
		broken.Detail = "the archive did not say where the file is"
	case answer.Request.URL.Scheme == "https" && target.Scheme != "https", target.Scheme != "http" && target.Scheme != "https":
		broken.Detail = transport.OneLine(fmt.Sprintf("the archive sends the transfer to %s://%s, which is not safe", target.Scheme, target.Host), transport.MaxDetail)
	default:
		target.User = nil // it would be sent as a credential
		return target, nil
	}
	return nil, broken
}

// maxETag bounds what is remembered of an object, in bytes.
const maxETag = 256

// objectInfoOf is what an answer says of the object.
func objectInfoOf(response *http.Response) datadir.ObjectInfo {
	info := datadir.ObjectInfo{Size: response.ContentLength, MD5: md5Of(response.Header)}
	if etag := response.Header.Get("ETag"); strings.HasPrefix(etag, `"`) && len(etag) <= maxETag {
		info.ETag = etag
	}
	if response.StatusCode != http.StatusOK {
		_, info.Size = contentRange(response.Header)
	}
	return info
}

// info asks the store for what it says of the object. A signed URL is good for GET alone,
// so one byte is asked for.
func (o *object) info(ctx context.Context) (datadir.ObjectInfo, error) {
	return transport.Retry(ctx, o.client.transfers, func() (datadir.ObjectInfo, error) {
		response, err := o.open(ctx, 0, 1, "")
		if err != nil {
			return datadir.ObjectInfo{}, err
		}
		if response.StatusCode == http.StatusOK { // ranges are not served: do not read the whole of it
			response.Body.Close()
		} else {
			transport.Drain(response)
		}
		info := objectInfoOf(response)
		if info.MD5 == "" {
			err = isPage(response, o.path)
		}
		return info, err
	})
}

// contentRange reads "bytes FROM-TO/SIZE" and "bytes */SIZE": -1 for what is not there.
func contentRange(header http.Header) (from, size int64) {
	span, whole, _ := strings.Cut(strings.TrimPrefix(header.Get("Content-Range"), "bytes "), "/")
	first, _, _ := strings.Cut(span, "-")
	from, size = -1, -1
	if n, err := strconv.ParseInt(first, 10, 64); err == nil && n >= 0 {
		from = n
	}
	if n, err := strconv.ParseInt(whole, 10, 64); err == nil && n >= 0 {
		size = n
	}
	return from, size
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

// A location is used for as long as its URL says that it is good, but no longer than
// maxLocationAge, since it ends with the server's own credential; for defaultLocationAge
// where the URL does not say it.
const (
	maxLocationAge     = 5 * time.Minute
	defaultLocationAge = time.Minute
)

// location is where an object lies, asked for ahead of its transfer.
type location struct {
	object  *object
	release func() // gives its lane to another file
	done    chan struct{}

	target *url.URL // when done
	err    error    // likewise
	ends   time.Time
}

func (l *location) ask(ctx context.Context) {
	defer close(l.done)
	if l.target, l.err = l.object.ask(ctx); l.err == nil {
		l.ends = time.Now().Add(lifeOf(l.target))
	}
}

// take gives the location to the transfer: nil if it is too old by now.
func (l *location) take(ctx context.Context) (*url.URL, error) {
	defer l.release()
	select {
	case <-l.done:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	if l.err == nil && !time.Now().Before(l.ends) {
		return nil, nil
	}
	return l.target, l.err
}

// lifeOf is how long a signed URL is used that is asked for ahead.
func lifeOf(signed *url.URL) time.Duration {
	seconds, err := strconv.ParseUint(signed.Query().Get("X-Amz-Expires"), 10, 32)
	if err != nil {
		return defaultLocationAge
	}
	return min(time.Duration(seconds)*time.Second*9/10, maxLocationAge)
}
