package prompt

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"imapsh/runtime/api"
)

func (p *Prompt) showHistory(argument string) {
	count := 20
	if argument != "" {
		if n, err := strconv.Atoi(argument); err == nil && n > 0 {
			count = n
		} else {
			p.showError(api.Usagef(".history: %q: must be an integer above 0", argument))
			return
		}
	}
	if p.History == nil {
		return
	}
	entries := p.History()
	for _, entry := range entries[max(len(entries)-count, 0):] {
		fmt.Fprintln(p.Stdout, entry) // as it was typed, to be copied
	}
}

func (p *Prompt) edit(ctx context.Context) (leave bool, err error) {
	if p.EditText == nil {
		p.showError(api.Usagef(".editor: there is no editor here; set EDITOR"))
		return false, nil
	}
	last := ""
	if statements := p.shareable(); len(statements) > 0 {
		last = statements[len(statements)-1]
	}
	text, err := p.EditText(last)
	if err != nil {
		p.showError(api.Usagef(".editor: %v", err))
		return false, nil
	}
	switch strings.TrimSpace(text) {
	case "":
		return false, nil
	case strings.TrimSpace(last): // most likely left without saving
		fmt.Fprintln(p.Stderr, "nothing was changed, so nothing runs")
		return false, nil
	}
	text = strings.TrimRight(text, "\n")
	fmt.Fprintln(p.Stdout, text) // what runs stands on the screen, as if it had been typed
	if p.Keep != nil {
		p.Keep(text)
	}
	return p.run(ctx, p.nextName(), text)
}
