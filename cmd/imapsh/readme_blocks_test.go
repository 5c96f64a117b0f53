package main

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// block is an example of a Markdown file.
type block struct {
	line int    // where its text begins, from 1
	kind string // the word behind ```, or "indented"
	name string // what follows that word: the name of a file
	text string
}

// blocksOf lists the blocks of code of a Markdown text.
func blocksOf(markdown string) []block {
	var blocks []block
	var open *block
	for i, line := range slices.Collect(strings.Lines(markdown)) {
		fence, isFence := strings.CutPrefix(line, "```")
		indented, isIndented := strings.CutPrefix(line, "    ")
		switch {
		case isFence && (open == nil || open.kind == "indented"):
			kind, name, _ := strings.Cut(strings.TrimSpace(fence), " ")
			blocks = append(blocks, block{line: i + 2, kind: kind, name: name})
			open = &blocks[len(blocks)-1]
		case isFence:
			open = nil
		case open != nil && open.kind != "indented":
			open.text += line
		case isIndented && open == nil:
			blocks = append(blocks, block{line: i + 1, kind: "indented", text: indented})
			open = &blocks[len(blocks)-1]
		case isIndented:
			open.text += indented
		default:
			open = nil
		}
	}
	return blocks
}

// shellStep is a command of a console block, with what follows it.
type shellStep struct {
	command       string
	output        string
	statusFollows bool        // the next command prints the exit code
	typed         []statement // at the prompt that the command starts
}

// statement is what is typed at the prompt, and what it prints.
type statement struct{ code, output string }

// steps reads a console block: lines behind "$ " are commands, behind "imap[demo]> "
// and "  ... " statements, and others output.
func (b block) steps() []shellStep {
	var steps []shellStep
	for line := range strings.Lines(b.text) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			if len(steps) > 0 {
				steps[len(steps)-1].statusFollows = command == "echo $?\n"
			}
			steps = append(steps, shellStep{command: strings.TrimSuffix(command, "\n")})
			continue
		}
		if len(steps) == 0 {
			continue
		}
		last := &steps[len(steps)-1]
		if code, ok := strings.CutPrefix(line, "imap[demo]> "); ok {
			last.typed = append(last.typed, statement{code: code})
		} else if len(last.typed) == 0 {
			last.output += line
		} else if code, ok := strings.CutPrefix(line, "  ... "); ok {
			last.typed[len(last.typed)-1].code += code
		} else {
			last.typed[len(last.typed)-1].output += line
		}
	}
	return steps
}

// sentencesOf are the sentences of a Markdown text, without its code, tables and headings.
func sentencesOf(markdown string) []string {
	var prose strings.Builder
	fenced := false
	for line := range strings.Lines(markdown) {
		switch {
		case strings.HasPrefix(line, "```"):
			fenced = !fenced
			prose.WriteString("\n\n")
		case fenced, strings.HasPrefix(line, "    "), strings.HasPrefix(line, "|"), strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "- "), strings.TrimSpace(line) == "":
			prose.WriteString("\n\n" + strings.TrimPrefix(line, "- "))
		default:
			prose.WriteString(line)
		}
	}
	return regexp.MustCompile(`[.:?!]\s+|\n\n+`).Split(prose.String(), -1)
}

func TestBlocksOf(t *testing.T) {
	const text = "a\n\n    one\n    two\n\nb\n```js x.js\nlet a\n\n    b\n```\n```console\n$ imapsh\nimap[demo]> f(\n  ... )\n1\n$ false\n$ echo $?\n1\n```\n"
	want := []block{
		{3, "indented", "", "one\ntwo\n"},
		{8, "js", "x.js", "let a\n\n    b\n"},
		{13, "console", "", "$ imapsh\nimap[demo]> f(\n  ... )\n1\n$ false\n$ echo $?\n1\n"},
	}
	got := blocksOf(text)
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	steps := got[2].steps()
	if len(steps) != 3 || !slices.Equal(steps[0].typed, []statement{{"f(\n)\n", "1\n"}}) || !steps[1].statusFollows || steps[2].output != "1\n" {
		t.Errorf("%+v", steps)
	}
}
