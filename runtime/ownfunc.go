package runtime

import (
	"strings"

	"github.com/dop251/goja"
)

// ownFunc is a function that code of the session declares.
type ownFunc struct {
	source  string // its text
	comment string // what stands right above it, without the comment's marks
}

// Help is how the function is called and the comment above it.
func (f ownFunc) Help() string {
	head, _, _ := strings.Cut(f.source, "\n")
	if body := strings.IndexAny(head, "{"); body > 0 && !strings.Contains(head[:body], "=>") {
		head = strings.TrimSpace(head[:body])
	}
	if f.comment == "" {
		return head + "\n"
	}
	return head + "\n  " + strings.ReplaceAll(f.comment, "\n", "\n  ") + "\n"
}

// whole is the comment and the function's text.
func (f ownFunc) whole() string {
	if f.comment == "" {
		return f.source + "\n"
	}
	return "// " + strings.ReplaceAll(f.comment, "\n", "\n// ") + "\n" + f.source + "\n"
}

// ownFunc finds the text of a function that code of the session declares. It runs
// nothing of the script's.
func (s *Session) ownFunc(value *goja.Object) (ownFunc, bool) {
	if _, ok := goja.AssertFunction(value); !ok {
		return ownFunc{}, false
	}
	text, err := s.textOfFunc(value)
	if err != nil || strings.Contains(text.String(), "[native code]") {
		return ownFunc{}, false
	}
	f := ownFunc{source: text.String()}
	for _, source := range s.sources {
		if at := strings.Index(source.text, f.source); at >= 0 {
			f.comment = commentAbove(source.text[:at])
			if f.comment != "" {
				break
			}
		}
	}
	return f, true
}

// commentAbove is the comment that ends a string, without its marks. On the last line may
// stand what introduces the function, such as "const f =".
func commentAbove(text string) string {
	lines := strings.Split(text, "\n")
	lines = lines[:len(lines)-1]
	var comment []string
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		inBlock := len(comment) > 0 && strings.HasPrefix(line, "*") || strings.HasSuffix(line, "*/") && len(comment) == 0
		if !strings.HasPrefix(line, "//") && !strings.HasPrefix(line, "/*") && !inBlock {
			break
		}
		line = strings.TrimSpace(strings.TrimSuffix(strings.TrimLeft(line, "/*"), "*/"))
		comment = append([]string{line}, comment...)
		if strings.HasPrefix(strings.TrimSpace(lines[i]), "/*") {
			break
		}
	}
	return strings.TrimSpace(strings.Join(comment, "\n"))
}
