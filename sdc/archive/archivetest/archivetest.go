// Package archivetest serves archives to the tests of their clients.
package archivetest

import (
	"context"
	"testing"

	"imapsh/sdc/archive"
)

// Open opens an archive that is closed with the test.
func Open(tb testing.TB, o archive.Options) *archive.Archive {
	tb.Helper()
	a, err := archive.Open(context.Background(), o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := a.Close(); err != nil {
			tb.Errorf("closing the archive: %v", err)
		}
	})
	return a
}

// Serve opens an archive and serves both its origins on loopback until the test ends.
// It returns the base URL of the API.
func Serve(tb testing.TB, o archive.Options) (url string) {
	tb.Helper()
	url, stop, err := Start(o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := stop(); err != nil {
			tb.Errorf("serving the archive: %v", err)
		}
	})
	return url
}

// Start is Serve for where there is no testing.TB, as in an example: stop ends the
// servers, closes the archive and reports what went wrong with them.
func Start(o archive.Options) (url string, stop func() error, err error) {
	ctx, cancel := context.WithCancel(context.Background())
	a, err := archive.Open(ctx, o)
	if err != nil {
		cancel()
		return "", nil, err
	}
	server, err := archive.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		cancel()
		_ = a.Close()
		return "", nil, err
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, a) }()
	return server.URL(), func() error {
		cancel()
		err := <-served
		if closed := a.Close(); err == nil {
			err = closed
		}
		return err
	}, nil
}
