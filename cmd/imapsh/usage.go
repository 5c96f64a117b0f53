package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/runtime/termtext"
)

func writeJSON(w io.Writer, value any) error {
	out := json.NewEncoder(forScreen(w, termtext.EscapeJSON))
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(value)
}

// asUsage marks an error that lies in how the command was called.
func asUsage(err error) error {
	if bindings.InCall(err) {
		return usageError{err}
	}
	return err
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("%s takes options only, not %q; see imapsh %s --help", cmd.Name(), args[0], cmd.Name())}
	}
	return nil
}

func someFiles(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		example, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
		return usageError{fmt.Errorf("%s: name one file or more, such as %s", cmd.Name(), example)}
	}
	return nil
}
