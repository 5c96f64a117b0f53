package main

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
)

func TestWarningsAreMessages(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(newMessages(&out, slog.LevelInfo))
	log.With("dir", "/data").Warn("no record is kept", "file", "a.cdf", "error", errors.New("full\n\x1b[2J"))
	log.Warn("the clock is wrong")
	if got, want := out.String(), "imapsh: warning: no record is kept (dir: /data, file: a.cdf, error: full\\n\\x1b[2J)\nimapsh: warning: the clock is wrong\n"; got != want {
		t.Errorf("it prints\n%swant\n%s", got, want)
	}
	out.Reset()
	log.Debug("unseen")
	log.Info("request", "status", 200)
	if got := out.String(); !strings.HasSuffix(got, "level=INFO msg=request status=200\n") || strings.Count(got, "\n") != 1 {
		t.Errorf("it prints %s", got)
	}
}
