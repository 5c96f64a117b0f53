package sdc

import (
	"context"
	"crypto/md5"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"imapsh/sdc/internal/transport"
)

// fetch brings one object into its part. It is the engine of all downloads:
// run tries until the part is whole and verified, each time going on from what
// is there.
type fetch struct {
	object *object
	part   *part
	meter  *meter
	spare  *semaphore.Weighted // connections that nobody uses, for a large file's ranges

	damaged bool        // the bytes had the wrong hash once
	single  atomic.Bool // the store says that it serves ranges, and does not
}

// copyBuffer is the memory that each connection takes, in bytes.
const copyBuffer = 256 << 10

// leastProgress is what a try must bring, in bytes, to count as progress.
const leastProgress = 256 << 10

// mostDrops is how often what is there may be dropped and still be begun again
// with as much patience as at first.
const mostDrops = 3

// run makes the part whole, and tells how that was verified.
func (f *fetch) run(ctx context.Context) (Verification, error) {
	attempts := f.object.client.transfers.Begin()
	best, drops := f.part.present(), f.part.drops
	for {
		proof, err := f.try(ctx)
		if err == nil {
			return proof, nil
		}
		if now := f.part.drops; now != drops && now <= mostDrops {
			best, drops = 0, now
			attempts.Progress()
		}
		if there := f.part.present(); there >= best+leastProgress {
			best = there
			attempts.Progress()
		}
		if err := attempts.Next(ctx, err, f.meter.retry); err != nil {
			return "", err
		}
	}
}

// try asks for what is missing, and takes it if it belongs to what is there.
func (f *fetch) try(ctx context.Context) (Verification, error) {
	if f.part.have > 0 && f.part.tag.ETag == "" { // nothing would tell that the rest is of the same object
		if err := f.part.restart(); err != nil {
			return "", err
		}
	}
	response, err := f.object.open(ctx, f.part.have, -1, f.part.tag.ETag)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if err := f.accept(response); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		f.meter.at(f.part.present(), f.part.tag.Size)
		if f.inRanges(response) {
			err = f.ranges(ctx, response)
		} else if err = f.part.straighten(); err == nil {
			err = f.copy(response)
		}
		if err != nil {
			return "", err
		}
	}
	return f.verify(ctx, response)
}

// accept decides whether an answer goes on with what is there, or replaces it.
func (f *fetch) accept(response *http.Response) error {
	sent, part := factsOf(response), f.part
	tag := part.tag
	if tag.Size < 0 { // the first answer did not say it
		tag.Size = sent.size
	}
	if sent.etag == "" { // the request's If-Range made sure that it is the one known
		header := response.Header.Clone()
		header.Set("ETag", tag.ETag)
		sent.md5 = md5Of(header)
	}
	tag.MD5 = sent.md5
	unverifiable := tag.MD5 == "" && tag.Whole < 0 && part.have > 0
	switch response.StatusCode {
	case http.StatusPartialContent:
		from, _ := contentRange(response.Header)
		switch {
		case !sameObject(tag, sent):
			return f.startOver(response, "the object changed while it was fetched")
		case unverifiable:
			return f.startOver(response, "what an earlier run left of an object without MD5 may not be what came")
		case from != part.have:
			return f.startOver(response, transport.OneLine(fmt.Sprintf("the server sent another range (%q) than the one from byte %d",
				response.Header.Get("Content-Range"), part.have), transport.MaxDetail))
		}
		return part.note(tag)

	case http.StatusRequestedRangeNotSatisfiable: // all is there already, or too much
		if !sameObject(tag, sent) || part.have != tag.Size || unverifiable {
			return f.startOver(response, "the object is not the one that was begun")
		}
		return part.note(tag)
	}
	// The whole object, whether it was asked for or not.
	if err := isPage(response, f.object.path); err != nil {
		return err
	}
	if part.have == 0 && len(tag.Beyond) > 0 && sent.etag == tag.ETag && sameObject(tag, sent) {
		return part.note(tag) // what is there behind goes with it
	}
	if err := part.restart(); err != nil {
		return err
	}
	tag = partTag{ETag: sent.etag, Size: sent.size, MD5: sent.md5}
	if tag.MD5 != "" {
		tag.Whole = -1
	}
	return part.note(tag)
}

// sameObject tells whether an answer is of the object that was begun. What it does
// not say, the request's If-Range has made sure of.
func sameObject(tag partTag, sent facts) bool {
	return tag.ETag != "" && (sent.etag == "" || sent.etag == tag.ETag) && (sent.size < 0 || sent.size == tag.Size)
}

// startOver drops what is there, never to be joined with what comes now.
func (f *fetch) startOver(response *http.Response, why string) error {
	if err := f.part.restart(); err != nil {
		return err
	}
	f.meter.at(0, -1)
	return transport.Classify(transport.RetryLater, &Error{Status: response.StatusCode, Endpoint: transport.EndpointOf(response.Request), Detail: why, Reason: Interrupted})
}

// checkStart refuses a page in the object's place. Where there is an MD5, it decides: an
// archive may hold a page.
func (f *fetch) checkStart(response *http.Response, start []byte) error {
	if f.part.tag.MD5 != "" {
		return nil
	}
	return pageAtStart(response, f.object.path, start)
}

// copy takes the rest of the object from one answer.
func (f *fetch) copy(response *http.Response) error {
	begin := f.part.have == 0
	buffer := make([]byte, copyBuffer)
	for {
		n, err := response.Body.Read(buffer)
		if n > 0 {
			if begin {
				begin = false
				if err := f.checkStart(response, buffer[:n]); err != nil {
					return err
				}
			}
			if _, err := f.part.Write(buffer[:n]); err != nil {
				return fmt.Errorf("writing %s: %w", f.part.final, err)
			}
			f.meter.add(int64(n))
			if f.part.tag.Size >= 0 && f.part.have > f.part.tag.Size {
				return f.damage(response, fmt.Sprintf("more bytes came than the %d that were announced", f.part.tag.Size))
			}
		}
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return f.brokenOff(err)
		}
	}
}

// brokenOff says how far a transfer came that ended early.
func (f *fetch) brokenOff(err error) error {
	var failure *Error
	if !errors.As(err, &failure) || f.part.tag.Size < 0 {
		return err
	}
	return &brokenOffError{err, f.part.have, f.part.tag.Size}
}

// brokenOffError is a transfer that ended early.
type brokenOffError struct {
	error
	have, size int64
}

func (e *brokenOffError) Error() string {
	return fmt.Sprintf("%v (%d of %d bytes are here)", e.error, e.have, e.size)
}

func (e *brokenOffError) Unwrap() error { return e.error }

// verify compares what is there with what the store said of it.
func (f *fetch) verify(ctx context.Context, response *http.Response) (Verification, error) {
	if f.part.tag.Size >= 0 && f.part.have != f.part.tag.Size {
		return "", transport.Classify(transport.RetryLater, &Error{Endpoint: transport.EndpointOf(response.Request), Reason: Interrupted, Err: io.ErrUnexpectedEOF,
			Detail: fmt.Sprintf("%d bytes came, %d were announced", f.part.have, f.part.tag.Size)})
	}
	switch tag := f.part.tag; {
	case tag.MD5 != "":
	case tag.Size >= 0:
		return VerifiedSize, nil
	case response.Close && len(response.TransferEncoding) == 0:
		return "", &Error{Endpoint: transport.EndpointOf(response.Request), Reason: InvalidAnswer,
			Detail: "the server announced neither length nor hash: whether the file is whole cannot be told"}
	default: // the body's end was marked, so it is whole; but nothing tells what it should be
		return "", nil
	}
	sums, err := f.part.digests(ctx)
	if err != nil {
		return "", err
	}
	if got := sums.md5(); got != f.part.tag.MD5 {
		return "", f.damage(response, fmt.Sprintf("the bytes have MD5 %s, the archive's have %s", got, f.part.tag.MD5))
	}
	return VerifiedMD5, nil
}

// damage drops bytes that are not the object's; the first time it is fetched again.
func (f *fetch) damage(response *http.Response, what string) error {
	if err := f.part.restart(); err != nil {
		return err
	}
	f.meter.at(0, -1)
	damage := &Error{Endpoint: transport.EndpointOf(response.Request), Detail: what, Reason: Damaged}
	if f.damaged {
		return damage
	}
	f.damaged = true
	return transport.Classify(transport.RetryAtOnce, damage)
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
