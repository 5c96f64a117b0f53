package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/naming"
	"imapsh/sdc"
)

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// asUsage marks an error that lies in how the command was called: in the name of each
// of its files, when it names several.
func asUsage(err error) error {
	wrong := func(err error) bool {
		var invalid *naming.InvalidNameError
		return bindings.IsUsage(err) || errors.As(err, &invalid)
	}
	var failed *sdc.TransferError
	switch {
	case !errors.As(err, &failed):
		if !wrong(err) {
			return err
		}
	case slices.ContainsFunc(failed.Report, func(t sdc.Transfer) bool { return t.Err == nil || !wrong(t.Err) }):
		return err
	}
	return usageError{err}
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes options only, not %q; see imapsh %s --help", cmd.Name(), args[0], cmd.Name())}
	}
	return nil
}

func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError{fmt.Errorf("%s: name one file or more, such as imapsh %s", cmd.Name(), strings.TrimPrefix(strings.TrimSpace(cmd.Example), "imapsh "))}
	}
	return nil
}
