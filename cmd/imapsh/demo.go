package main

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"imapsh/sdc"
	"imapsh/sdc/archive"
	"imapsh/sdc/archive/sample"
)

// demoFlag is the value of --demo: the last day of the sample archive, today if none is given.
type demoFlag struct{ flags *globalFlags }

// Set takes a day in any form that a query takes.
func (d demoFlag) Set(text string) error {
	now := time.Now()
	last, err := sdc.ParseDate(text, now)
	if err != nil {
		return err
	}
	if first, today := sdc.Date(sample.FirstLastDay), sdc.DateOf(now); last < first || last > today {
		return fmt.Errorf("the last day %s of the sample archive must be from %s to today, %s", last, first, today)
	}
	d.flags.demo = true
	d.flags.demoDay, err = time.Parse("20060102", string(last))
	return err
}

// Type is what the help calls the value.
func (demoFlag) Type() string { return "day" }

// String is the default: no demo.
func (demoFlag) String() string { return "" }

// dayApart is the hint for a day that stands behind --demo and is not joined to it, so
// that it was read as a name; empty where there is none.
func dayApart(args []string) string {
	i := slices.Index(args, "--demo")
	if i < 0 || i+1 == len(args) {
		return ""
	}
	day, err := sdc.ParseDate(args[i+1], time.Now())
	if err != nil {
		return ""
	}
	return fmt.Sprintf("the day of the demo is joined to its flag: --demo=%s", day)
}

// demoKey is the key that the demo's archive accepts.
const demoKey = "demo"

// demoArchive is the identity of the demo's archive in verification records, and
// demoDataDir the directory that its files go to: nothing but --data-dir names another,
// so that they never lie among real ones.
const (
	demoArchive = "demo"
	demoDataDir = "data-demo"
)

// startDemo starts an archive over the built-in sample files in this process; it
// ends with the program and leaves nothing behind. It is opened while the program
// goes on: the first to ask it waits until it answers.
func (c *cli) startDemo(ctx context.Context) (url string, err error) {
	server, err := archive.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("starting the demo: %w", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // it serves until the program ends
	done := make(chan struct{})
	stderr, log := c.stderr, c.logger() // a test of a recipe gives others while the demo serves
	go func() {
		defer close(done)
		if err := c.serveDemo(ctx, server, log); err != nil && ctx.Err() == nil {
			fmt.Fprintf(stderr, "imapsh: the demo: %v\n", err)
		}
	}()
	c.close = append(c.close, func() {
		cancel()
		<-done
	})
	return server.URL(), nil
}

func (c *cli) serveDemo(ctx context.Context, server *archive.Server, log *slog.Logger) error {
	defer server.Close()
	options, err := c.demoOptions()
	if err != nil {
		return err
	}
	options.Log = log
	a, err := archive.Open(ctx, options)
	if err != nil {
		return err
	}
	defer a.Close()
	return server.Serve(ctx, a)
}

// demoOptions are the sample files, or those of the directory that tests of recipes are given. To that one nothing is
// uploaded: it is somebody's, and the next test would see it.
func (c *cli) demoOptions() (archive.Options, error) {
	if c.testArchive != "" {
		store, err := archive.NewDirStore(c.testArchive)
		return archive.Options{Store: store}, err
	}
	files := sample.FilesUntil(c.flags.demoDay, time.Now())
	var unreleased []string
	for _, f := range files {
		if !f.Released {
			unreleased = append(unreleased, f.Path)
		}
	}
	return archive.Options{Store: sample.Store(files), Keys: []string{demoKey}, Unreleased: unreleased, Jobs: sample.Jobs(c.flags.demoDay)}, nil
}
