package main

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"regexp"
	"strings"
	"time"

	"imapsh/runtime/editor"
)

func main() {
	h, err := editor.OpenHistory(os.Getenv("HIST"))
	if err != nil {
		panic(err)
	}
	words := []string{"query", "download", "upload", "quit", "help", "exit", "reprocess", "release", "latest", "spice"}
	num := regexp.MustCompile(`[0-9]+|"[^"\n]*"?`)
	e, err := editor.New(editor.Config{
		History: h, Color: os.Getenv("NO_COLOR") == "", Dumb: os.Getenv("TERM") == "dumb",
		Incomplete: func(t string) bool {
			return strings.Count(t, "{")+strings.Count(t, "(") > strings.Count(t, "}")+strings.Count(t, ")")
		},
		Highlight: func(t string) string { return num.ReplaceAllString(t, "\x1b[32m$0\x1b[0m") },
		Complete: func(t string, pos int) editor.Completion {
			from := pos
			for from > 0 && (t[from-1] >= 'a' && t[from-1] <= 'z' || t[from-1] == '_') {
				from--
			}
			c := editor.Completion{From: from, To: pos}
			if from > 0 && t[from-1] == '"' {
				for i := range 150 {
					c.Candidates = append(c.Candidates, editor.Candidate{Text: fmt.Sprintf("imap_mag_l1d_%03d", i)})
				}
				return c
			}
			if from > 0 && t[from-1] == '{' {
				for _, w := range []string{"instrument", "start_date", "end_date"} {
					c.Candidates = append(c.Candidates, editor.Candidate{Text: w, Insert: w + ": ", Doc: "which " + w + " it is, or a list of several ones of them"})
				}
				return c
			}
			for _, w := range words {
				if strings.HasPrefix(w, t[from:pos]) {
					c.Candidates = append(c.Candidates, editor.Candidate{Text: w})
				}
			}
			return c
		},
	})
	if err != nil {
		panic(err)
	}
	defer e.Close()
	for {
		t, err := e.Read("imap> ", "  ... ")
		if errors.Is(err, editor.ErrInterrupt) {
			fmt.Printf("interrupted %q\n", t)
			continue
		}
		if err != nil {
			fmt.Println("bye", err)
			return
		}
		if t == "exit" {
			return
		}
		if t == "sleep" {
			c := make(chan os.Signal, 1)
			signal.Notify(c, os.Interrupt)
			select {
			case <-c:
				fmt.Println("call interrupted")
			case <-time.After(20 * time.Second):
			}
			signal.Stop(c)
			continue
		}
		fmt.Printf("%d lines, %d bytes: %.60q\n", strings.Count(t, "\n")+1, len(t), t)
	}
}
