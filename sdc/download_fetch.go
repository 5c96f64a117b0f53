package sdc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// fetch brings one object into its part. It is the engine of all downloads: run tries until
// the part is complete and verified, each time going on from what is there.
type fetch struct {
	object    *object
	part      *datadir.Part
	meter     *meter
	idleSlots *semaphore.Weighted // connections that no file uses, for a large file's ranges

	damaged bool        // the bytes had the wrong hash once
	single  atomic.Bool // the store says that it serves ranges, and does not
}

// copyBuffer is the memory that each connection takes, in bytes.
const copyBuffer = 256 << 10

// minProgress is what an attempt must bring, in bytes, to count as progress.
const minProgress = 256 << 10

// maxFreshStarts is how often the bytes may be dropped and the file still be begun again
// with all attempts of the policy.
const maxFreshStarts = 3

// run makes the part complete, and returns how it was verified.
func (f *fetch) run(ctx context.Context) (Verification, error) {
	attempts := f.object.client.transfers.Begin()
	best, restarts := f.part.Received(), f.part.Restarts()
	for {
		verified, err := f.attempt(ctx)
		if err == nil {
			return verified, nil
		}
		if now := f.part.Restarts(); now != restarts && now <= maxFreshStarts {
			best, restarts = 0, now
			attempts.Progress()
		}
		if received := f.part.Received(); received >= best+minProgress {
			best = received
			attempts.Progress()
		}
		if err := attempts.Next(ctx, err, f.meter.retry); err != nil {
			return "", err
		}
	}
}

// attempt asks for what is missing, and takes it if it belongs to what is there.
func (f *fetch) attempt(ctx context.Context) (Verification, error) {
	if f.part.Prefix() > 0 && f.part.Object().ETag == "" { // nothing would show that the rest is of the same object
		if err := f.part.Restart(); err != nil {
			return "", err
		}
	}
	response, err := f.object.open(ctx, f.part.Prefix(), -1, f.part.Object().ETag)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	if err := f.accept(response); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusRequestedRangeNotSatisfiable {
		f.meter.set(f.part.Received(), f.part.Object().Size)
		if f.inRanges(response) {
			err = f.ranges(ctx, response)
		} else if err = f.part.DropBeyond(); err == nil {
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
	part, begun, sent := f.part, f.part.Object(), objectInfoOf(response)
	object := begun
	if object.Size < 0 { // the first answer did not say it
		object.Size = sent.Size
	}
	object.MD5 = sent.MD5
	if sent.ETag == "" { // the request's If-Range made sure that it is the one known
		header := response.Header.Clone()
		header.Set("ETag", begun.ETag)
		object.MD5 = md5Of(header)
	}
	unverifiable := object.MD5 == "" && !part.Durable()
	switch response.StatusCode {
	case http.StatusPartialContent:
		from, _ := contentRange(response.Header)
		switch {
		case !sameObject(object, sent):
			return f.startOver(response, "the object changed while it was fetched")
		case unverifiable:
			return f.startOver(response, "what an earlier run left of an object without MD5 may not be what came")
		case from != part.Prefix():
			return f.startOver(response, transport.OneLine(fmt.Sprintf("the server sent another range (%q) than the one from byte %d",
				response.Header.Get("Content-Range"), part.Prefix()), transport.MaxDetail))
		}
		return part.GoOn(object)

	case http.StatusRequestedRangeNotSatisfiable: // all is there already, or too much
		if !sameObject(object, sent) || part.Prefix() != object.Size || unverifiable {
			return f.startOver(response, "the object is not the one that was begun")
		}
		return part.GoOn(object)
	}
	// The whole object, whether it was asked for or not.
	if sent.MD5 == "" {
		if err := isPage(response, f.object.path); err != nil {
			return err
		}
	}
	if part.Prefix() == 0 && part.HasGaps() && sent.ETag == begun.ETag && sameObject(object, sent) {
		return part.GoOn(object) // what is there behind goes with it
	}
	return part.Begin(sent)
}

// sameObject reports whether an answer is of the object that was begun. What it does
// not say, the request's If-Range has made sure of.
func sameObject(begun, sent datadir.ObjectInfo) bool {
	return begun.ETag != "" && (sent.ETag == "" || sent.ETag == begun.ETag) && (sent.Size < 0 || sent.Size == begun.Size)
}

// startOver drops what is there, never to be joined with what comes now.
func (f *fetch) startOver(response *http.Response, why string) error {
	if err := f.part.Restart(); err != nil {
		return err
	}
	f.meter.set(0, -1)
	return transport.Classify(transport.RetryLater, &Error{Status: response.StatusCode, Endpoint: transport.EndpointOf(response.Request), Detail: why, Reason: Interrupted})
}

// checkStart refuses an HTML page in the object's place. Where there is an MD5, it decides:
// an archive may hold a page.
func (f *fetch) checkStart(response *http.Response, start []byte) error {
	if f.part.Object().MD5 != "" {
		return nil
	}
	return pageAtStart(response, f.object.path, start)
}

// copy takes the rest of the object from one answer.
func (f *fetch) copy(response *http.Response) error {
	begin, size := f.part.Prefix() == 0, f.part.Object().Size
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
				return err
			}
			f.meter.add(int64(n))
			if size >= 0 && f.part.Prefix() > size {
				return f.damage(response, fmt.Sprintf("more bytes came than the %d that were announced", size))
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
	if !errors.As(err, &failure) || f.part.Object().Size < 0 {
		return err
	}
	return fmt.Errorf("%w (%d of %d bytes are here)", err, f.part.Prefix(), f.part.Object().Size)
}

// verify compares what is there with what the store said of it.
func (f *fetch) verify(ctx context.Context, response *http.Response) (Verification, error) {
	object := f.part.Object()
	if got := f.part.Prefix(); object.Size >= 0 && got != object.Size {
		return "", transport.Classify(transport.RetryLater, &Error{Endpoint: transport.EndpointOf(response.Request), Reason: Interrupted, Err: io.ErrUnexpectedEOF,
			Detail: fmt.Sprintf("%d bytes came, %d were announced", got, object.Size)})
	}
	switch {
	case object.MD5 != "":
	case object.Size >= 0:
		return VerifiedSize, nil
	case response.Close && len(response.TransferEncoding) == 0:
		return "", &Error{Endpoint: transport.EndpointOf(response.Request), Reason: InvalidAnswer,
			Detail: "the server announced neither length nor hash: whether the file is complete is not known"}
	default: // the body's end was marked, so it is complete; but nothing says what it should be
		return "", nil
	}
	digests, err := f.part.Digest(ctx)
	if err != nil {
		return "", err
	}
	if got := digests.MD5(); got != object.MD5 {
		return "", f.damage(response, fmt.Sprintf("the bytes have MD5 %s, the archive's have %s", got, object.MD5))
	}
	return VerifiedMD5, nil
}

// damage drops bytes that are not the object's; the first time it is fetched again.
func (f *fetch) damage(response *http.Response, what string) error {
	if err := f.part.Restart(); err != nil {
		return err
	}
	f.meter.set(0, -1)
	damage := &Error{Endpoint: transport.EndpointOf(response.Request), Detail: what, Reason: Damaged}
	if f.damaged {
		return damage
	}
	f.damaged = true
	return transport.Classify(transport.RetryAtOnce, damage)
}
