// Command imapsh finds, fetches and uploads the files of NASA's IMAP mission: from
// a prompt, from recipes in JavaScript, and from the command line.
package main

import (
	"context"
	"io"
	"log"
	"os"
	"time"
)

func main() {
	time.Local = time.UTC     // the archive's days are UTC's, and the engine takes a Date's zone from here
	log.SetOutput(io.Discard) // net/http logs what servers send; errors are returned, and -v logs the rest
	c := &cli{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, env: os.Getenv}
	os.Exit(c.run(context.Background(), os.Args[1:]))
}
