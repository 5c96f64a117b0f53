package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/adrg/xdg"

	"imapsh/runtime/statefile"
)

// runStartupFile lets init.js change the client's settings, before those that flags
// and environment give are set, which win. run evaluates it. At the prompt its
// variables are the session's. Elsewhere it has a session of its own, so that a recipe that
// a team shares does not depend on one user's file.
func (c *cli) runStartupFile(run func(path, text string) error) error {
	if c.flags.noRC {
		return nil
	}
	path := filepath.Join(xdg.ConfigHome, "imapsh", "init.js")
	text, err := statefile.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		c.starting = true
		err = run(path, string(text))
		c.starting = false
	}
	if err != nil {
		return fmt.Errorf("startup file: %w", err)
	}
	return nil
}

// setGiven sets what flags and environment give. A credential of theirs is for their
// URL, so the URL comes first, and without it nothing else is set.
func (c *cli) setGiven() error {
	for _, setting := range []struct {
		value string
		set   func(string) error
	}{
		{c.given.URL, c.client.SetURL},
		{c.given.APIKey, c.client.SetAPIKey},
		{c.given.AccessToken, c.client.SetAccessToken},
		{c.given.DataDir, c.client.SetDataDir},
	} {
		if setting.value == "" {
			continue
		}
		if err := setting.set(setting.value); err != nil {
			return usageError{err}
		}
	}
	return nil
}
