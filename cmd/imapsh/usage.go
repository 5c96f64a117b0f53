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
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(forScreen(w, termtext.EscapeJSON))
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// asUsage marks an error that lies in how the command was called.
func asUsage(err error) error {
	if inCall(err) {
		return usageError{err}
	}
	return err
}

// inCall reports whether an error lies in a call: in its options or in the name of a
// file, of several files in those of each.
func inCall(err error) bool {
	var failed *sdc.TransferError
	if errors.As(err, &failed) {
		return !slices.ContainsFunc(failed.Report, func(t sdc.Transfer) bool { return !inCall(t.Err) })
	}
	var invalid *naming.InvalidNameError
	return bindings.IsUsage(err) || errors.As(err, &invalid)
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
