package syntax

import (
	"strconv"
	"strings"
	"testing"
)

// Text that would make a recursive parser run out of stack, which ends the program,
// or take exponential time.
func TestDeepText(t *testing.T) {
	for _, many := range []int{450, 9_500, 40_000} {
		for name, text := range deepTexts(many) {
			t.Run(name+"/"+strconv.Itoa(many), func(t *testing.T) {
				Incomplete(text)
				_, _ = Prepare(text)
				_, _, _ = Recipe(text)
			})
		}
	}
}

func deepTexts(many int) map[string]string {
	return map[string]string{
		"parentheses": strings.Repeat("(", many),
		"brackets":    strings.Repeat("[", many),
		"braces":      strings.Repeat("{", many),
		"objects":     strings.Repeat("{a:", many),
		"calls":       strings.Repeat("f(", many),
		"templates":   strings.Repeat("`${", many),
		"signs":       strings.Repeat("!", many),
		"minus":       strings.Repeat("- ", many) + "1",
		"typeof":      strings.Repeat("typeof ", many),
		"new":         strings.Repeat("new ", many),
		"await":       strings.Repeat("await ", many),
		"assignments": strings.Repeat("a=", many),
		"arrows":      strings.Repeat("a=>", many),
		"conditions":  strings.Repeat("a?", many),
		"choices":     strings.Repeat("a?b:", many),
		"powers":      strings.Repeat("a**", many),
		"sums":        strings.Repeat("a+", many) + "a",
		"ifs":         strings.Repeat("if(a)", many),
		"elses":       strings.Repeat("if(a){}else ", many),
		"whiles":      strings.Repeat("while(a)", many),
		"fors":        strings.Repeat("for(;;)", many),
		"dos":         strings.Repeat("do ", many),
		"labels":      strings.Repeat("a:", many),
		"members":     "a" + strings.Repeat(".b", many),
		"indexes":     "a" + strings.Repeat("[0]", many),
		"called":      "a" + strings.Repeat("()", many),
		"tags":        "a" + strings.Repeat("``", many),
		"heritage":    strings.Repeat("class A extends ", many),
		"classes":     strings.Repeat("class A{a=", many),
		"functions":   strings.Repeat("function f(){", many),
		"defaults":    strings.Repeat("(a=", 200) + "1" + strings.Repeat(")=>1", 200),
		"fewer":       strings.Repeat("(a=", maxArrows) + "1" + strings.Repeat(")=>1", maxArrows),
		"bodies":      strings.Repeat("()=>{", min(many, 950)) + strings.Repeat("}", min(many, 950)),
		"callbacks":   strings.Repeat("f(a=>", min(many, 950)) + "1" + strings.Repeat(")", min(many, 950)),
		"asyncs":      strings.Repeat("async(a=", 200) + "1" + strings.Repeat(")=>1", 200),
		"commas":      strings.Repeat("a,", many) + "a",
		"statements":  strings.Repeat("a;", many),
		"lines":       strings.Repeat("a\n", many),
		"elements":    "[" + strings.Repeat("1,", many) + "]",
		"strings":     strings.Repeat("'", many),
		"regexes":     strings.Repeat("/", many),
		"slashes":     strings.Repeat("a/", many),
		"group":       "/" + strings.Repeat("(", many) + "/",
		"comments":    strings.Repeat("/*", many),
		"backslashes": strings.Repeat("\\", many),
		"hashes":      strings.Repeat("#", many),
		"huge":        strings.Repeat("a;", maxTextBytes),
	}
}
