package main

import (
	"context"
	"fmt"
	"os"
	"strings"
)

// namesOf are the names that a command's arguments give: as they are, in the lines of
// standard input (-), or in those of a file (@FILE).
func (c *cli) namesOf(ctx context.Context, command string, args []string) ([]string, error) {
	var names []string
	for _, arg := range args {
		list, listed := strings.CutPrefix(arg, "@")
		var text []byte
		var err error
		switch {
		case arg == "-":
			text, err = readAll(ctx, c.stdin)
		case listed:
			if text, err = os.ReadFile(list); err != nil {
				err = usageError{fmt.Errorf("%s: list of names: %w", command, err)}
			}
		default:
			names = append(names, arg)
		}
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				names = append(names, line)
			}
		}
	}
	if len(names) == 0 {
		fmt.Fprintf(c.stderr, "imapsh: %s: no names were given: nothing to do\n", command)
	}
	return names, nil
}
