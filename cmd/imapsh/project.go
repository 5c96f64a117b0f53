package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"imapsh/bindings/recipes"
)

// useProject makes the settings of the imapsh.json that the working directory is under.
// They rank below flags and the environment, and above init.js.
func (c *cli) useProject() error {
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	project, err := recipes.FindProject(dir)
	if err != nil {
		return usageError{err}
	}
	if project == nil || c.commonFlags == nil {
		return nil
	}
	c.projectDataDir = project.Settings.DataDir
	settings := project.Settings
	for _, setting := range []struct{ key, flag, value string }{
		{"limit_rate", "limit-rate", settings.LimitRate},
		{"max_requests", "max-requests", strconv.FormatFloat(settings.MaxRequests, 'f', -1, 64)},
		{"max_query_requests", "max-query-requests", strconv.FormatUint(uint64(settings.MaxQueryRequests), 10)},
		{"max_query_bytes", "max-query-bytes", settings.MaxQueryBytes},
	} {
		flag := c.commonFlags.Lookup(setting.flag)
		if setting.value == "" || setting.value == "0" || flag.Changed {
			continue
		}
		if err := flag.Value.Set(setting.value); err != nil {
			return usageError{fmt.Errorf("%s: settings.%s: %w", filepath.Join(project.Dir, "imapsh.json"), setting.key, err)}
		}
	}
	return nil
}
