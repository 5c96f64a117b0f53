// Command imapsh finds, fetches and uploads the files of NASA's IMAP mission: from
// a prompt, from recipes in JavaScript, and from the command line.
package main

import (
	"context"
	"os"
)

func main() {
	c := &cli{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv}
	os.Exit(c.run(context.Background(), os.Args[1:]))
}
