package syntax

import "strings"

// These start the function that a script becomes, on the script's first line.
const (
	recipeHead         = "(function(args){"
	awaitingRecipeHead = "(async function(args){"
)

// Recipe makes a script file the expression of a function of args, so that return
// works at its top level; an async one if the text awaits, and only then: what is
// thrown in one loses its place when it is no Error. A first line that starts with #! is left
// out. The columns of the first line move to the right by firstLineShift. The error
// is a *Error in terms of src; the function around it never shows.
func Recipe(src string) (code string, firstLineShift int, err error) {
	if strings.HasPrefix(src, "#!") {
		src = "//" + src[len("#!"):]
	}
	s := scan(src)
	p, err := s.check(bodyHead, bodyTail)
	if err != nil {
		return "", 0, err
	}
	if found := compile(p.program); found != nil {
		found.offset -= p.head
		return "", 0, s.errorAt(*found)
	}
	head := recipeHead
	if p.awaits() {
		head = awaitingRecipeHead
	}
	return head + src + "\n})", len(head), nil
}
