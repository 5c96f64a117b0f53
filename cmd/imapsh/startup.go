package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"

	"imapsh/runtime"
)

// runStartupFile lets init.js change the settings that neither a flag nor the
// environment gave. What it declares is the prompt's session's. Elsewhere there is
// none, and it runs in one of its own: a recipe that a team shares must not depend
// on what one of them has there.
func (c *cli) runStartupFile(ctx context.Context, prompt *runtime.Session) error {
	if c.flags.noRC {
		return c.restore()
	}
	path := filepath.Join(xdg.ConfigHome, "imapsh", "init.js")
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c.restore()
	}
	if err != nil {
		return fmt.Errorf("startup file: %w", err)
	}
	session := prompt
	if session == nil {
		stdout := c.stdout // standard output is for what was asked
		c.stdout = c.stderr
		session, err = c.newSession("", nil)
		c.stdout = stdout
		if err != nil {
			return err
		}
	}
	if _, err := session.Eval(ctx, path, string(text)); err != nil {
		return errors.Join(fmt.Errorf("startup file: %w", err), c.restore())
	}
	return c.restore()
}

// restore sets what flags and environment give: they win. A credential of theirs
// is for their URL, so the URL comes first.
func (c *cli) restore() error {
	set := func(value string, set func(string) error) error {
		if value == "" {
			return nil
		}
		return set(value)
	}
	err := errors.Join(
		set(c.given.URL, c.client.SetURL),
		set(c.given.APIKey, c.client.SetAPIKey),
		set(c.given.AccessToken, c.client.SetAccessToken),
		set(c.given.DataDir, c.client.SetDataDir),
	)
	if err != nil {
		return usageError{err}
	}
	return nil
}
