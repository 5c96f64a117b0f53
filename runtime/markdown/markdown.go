// Package markdown prints pages of help on a terminal. It reads the part of Markdown that
// such pages need: headings, paragraphs, lists of one level, tables, fenced blocks of code,
// and inside a line code, bold text and links.
package markdown

import (
	"regexp"
	"strings"

	"imapsh/runtime/termtext"
)

// Style is how a page looks.
type Style struct {
	Width int  // columns of the screen; 0: 80
	Color bool // SGR sequences may be used
}

const (
	defaultWidth = 80
	indent       = "  "   // of text below a heading
	codeIndent   = "    " // of a block of code
)

// Render is a page as plain lines. Text is folded to the width; a block of code and a word
// that is wider stay as they are, to be copied.
func Render(page string, style Style) string {
	if style.Width <= 0 {
		style.Width = defaultWidth
	}
	r := renderer{style: style}
	var block []string // lines that belong together: of a paragraph, an item, a table
	flush := func() {
		r.block(block)
		block = nil
	}
	fenced := false
	for line := range strings.Lines(page) {
		line = strings.TrimRight(line, " \r\n")
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			if fenced = !fenced; fenced {
				r.gap()
			}
		case fenced:
			r.write(codeIndent + line)
		case line == "":
			flush()
			r.apart = true
		case strings.HasPrefix(line, "#"):
			flush()
			r.heading(line)
		case startsItem(line):
			flush()
			block = []string{line}
		default:
			block = append(block, line)
		}
	}
	flush()
	return r.out.String()
}

var itemMark = regexp.MustCompile(`^(-|\d+\.) `)

func startsItem(line string) bool { return itemMark.MatchString(line) }

// renderer writes the blocks of a page.
type renderer struct {
	style Style
	out   strings.Builder
	apart bool // an empty line stands before what follows
}

// gap writes the empty line that was seen before a block.
func (r *renderer) gap() {
	if r.apart && r.out.Len() > 0 {
		r.out.WriteByte('\n')
	}
	r.apart = false
}

func (r *renderer) write(line string) {
	r.out.WriteString(strings.TrimRight(line, " ") + "\n")
}

// heading writes a heading, with an empty line before it wherever it stands.
func (r *renderer) heading(line string) {
	r.apart = true
	r.gap()
	text := strings.TrimSpace(strings.TrimLeft(line, "#"))
	r.write(r.inline("**" + text + "**"))
}

func (r *renderer) block(lines []string) {
	if len(lines) == 0 {
		return
	}
	r.gap()
	if strings.HasPrefix(lines[0], "|") {
		r.table(lines)
		return
	}
	hang := indent
	mark := itemMark.FindString(lines[0])
	if mark != "" {
		hang += strings.Repeat(" ", len(mark))
		lines[0] = lines[0][len(mark):]
	}
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	r.write(indent + mark + r.folded(strings.Join(lines, " "), hang))
}

// folded is a text inside a line, broken at the width; the first line has hang before it too.
func (r *renderer) folded(text, hang string) string {
	room := max(r.style.Width-len(hang), 1)
	lines := strings.Split(termtext.Fold(r.inline(text), room, ""), "\n")
	return strings.Join(lines, "\n"+hang)
}

var (
	link = regexp.MustCompile(`\[([^\]]*)\]\(([^)]*)\)`)
	code = regexp.MustCompile("`([^`]+)`")
	bold = regexp.MustCompile(`\*\*([^*]+)\*\*`)
)

// inline shows code, bold text and links. Without colours code keeps its backticks.
func (r *renderer) inline(text string) string {
	text = link.ReplaceAllStringFunc(text, func(found string) string {
		parts := link.FindStringSubmatch(found)
		if strings.Contains(parts[2], "://") {
			return parts[1] + " (" + parts[2] + ")"
		}
		return parts[1]
	})
	if !r.style.Color {
		return bold.ReplaceAllString(text, "$1")
	}
	text = bold.ReplaceAllString(text, "\x1b[1m$1\x1b[0m")
	// Each word has its own colour, since a line may break between two.
	return code.ReplaceAllStringFunc(text, func(found string) string {
		words := strings.Split(strings.Trim(found, "`"), " ")
		for i, word := range words {
			words[i] = "\x1b[36m" + word + "\x1b[0m"
		}
		return strings.Join(words, " ")
	})
}
