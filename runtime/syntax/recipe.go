package syntax

import "strings"

// recipeHead starts the function that a script becomes, on the script's first line.
const recipeHead = "(async function(args){"

// Recipe makes a script file the expression of an async function of args, so that
// await and return work at its top level. A first line that starts with #! is left
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
	return recipeHead + src + "\n})", len(recipeHead), nil
}
