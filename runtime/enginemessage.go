package runtime

import (
	"strings"
	"unicode"
)

// correct puts right what the engine says of the place: it calls null undefined, and
// speaks of an object where something that is called is no function.
func (e *ScriptError) correct() {
	if e.Class != "TypeError" || e.cause != nil {
		return
	}
	runes := []rune(e.line)
	at := min(max(e.column-1, 0), len(runes))
	before, after := strings.TrimRight(string(runes[:at]), " "), string(runes[at:])
	if what, ok := strings.CutSuffix(strings.TrimSuffix(e.Message, " or null"), " of undefined"); ok && strings.HasPrefix(what, "Cannot read property ") {
		base := strings.TrimRight(strings.TrimRight(before, ".?["), " ")
		word := base[len(strings.TrimRightFunc(base, isNamePart)):]
		if strings.HasPrefix(after, "null.") || strings.HasPrefix(after, "null[") { // of a call the place is where it begins
			word = "null"
		}
		switch word {
		case "undefined":
		case "null":
			e.Message = what + " of null"
		default:
			e.Message = what + " of null or undefined"
		}
		return
	}
	value, isValue := strings.CutPrefix(e.Message, "Value is not an object: ")
	missing := strings.HasPrefix(e.Message, "Object has no member '")
	call := len(after) - len(strings.TrimLeftFunc(after, isNamePart))
	if (isValue || missing) && call > 0 && strings.HasPrefix(strings.TrimLeft(after[call:], " "), "(") {
		name := before[len(strings.TrimRightFunc(before, func(r rune) bool { return r == '.' || isNamePart(r) })):] + after[:call]
		e.Message = strings.TrimLeft(name, ".") + " is not a function" // it may follow a call: f().x
		if isValue {
			e.Message += ": it is " + value
		}
	}
}

func isNamePart(r rune) bool {
	return r == '_' || r == '$' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
