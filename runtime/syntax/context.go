package syntax

import "strings"

// Context is what is being typed at the end of a string, for completion.
type Context struct {
	Word   string // what stands of it: the start of a name, or of a string's text
	From   int    // where Word begins, in bytes
	Quote  byte   // of the string literal that is being typed; 0: none
	Member bool   // Word is a member of Object
	Object string // an expression as a path: files, query(), new Date(), list[], "", {}
	Call   string // the call whose argument is being typed, as a path; "": none
	Arg    int    // which of its arguments, from 0
	Keyed  bool   // in an object literal that is that argument
	Key    string // the key whose value is being typed; "": the key itself is
	Keys   []string
	Dead   bool // in a comment, a template or a regular expression: nothing to complete
}

// At says what is being typed at the end of a string.
func At(text string) Context {
	s := scan(text)
	if s.tail == tailComment || s.tail == tailTemplate || s.deep || inLineComment(s) {
		return Context{From: len(text), Dead: true}
	}
	c := Context{From: len(text)}
	tokens := s.tokens
	if n := len(tokens); n > 0 && tokens[n-1].end == len(text) {
		last := tokens[n-1]
		switch {
		case last.kind == word, last.kind == number:
			c.Word, c.From, tokens = text[last.start:], last.start, tokens[:n-1]
		case last.kind == quoted && unclosed(text[last.start:]):
			c.Quote, c.Word, c.From, tokens = text[last.start], text[last.start+1:], last.start+1, tokens[:n-1]
		case last.kind == regex || last.kind == template && !strings.HasSuffix(text, "`") && !strings.HasSuffix(text, "${"):
			return Context{From: len(text), Dead: true}
		}
	}
	walk := contextWalk{text: text}
	for _, token := range tokens {
		walk.token(token)
	}
	c.Member, c.Object = walk.dot, walk.last
	if !c.Member {
		c.Object = ""
	}
	walk.fill(&c)
	return c
}

// inLineComment reports whether the text ends in a // comment, which leaves no token.
func inLineComment(s *scanned) bool {
	from := 0
	if n := len(s.tokens); n > 0 {
		from = s.tokens[n-1].end
	}
	rest := s.text[from:]
	line := rest[strings.LastIndexByte(rest, '\n')+1:]
	return strings.Contains(line, "//")
}

// unclosed reports whether a string literal lacks its closing quote.
func unclosed(literal string) bool {
	body := literal[1:]
	if !strings.HasSuffix(body, literal[:1]) {
		return true
	}
	slashes := len(body) - 1 - len(strings.TrimRight(body[:len(body)-1], `\`))
	return slashes%2 == 1
}

// frame is an open bracket and what is known of its inside.
type frame struct {
	char    byte
	before  string // the expression that it follows
	arg     int
	keys    []string
	key     string
	pending string            // a word that a colon would make a key
	words   []string          // the names that stand directly in it
	params  map[string]string // of the function that is its argument: what each one is, as a path
}

// contextWalk follows the tokens, keeping the path of the expression that the
// last one ends.
type contextWalk struct {
	text   string
	frames []frame
	last   string
	dot    bool
	isNew  bool
	closed []string // the words of the brackets that were closed last
}

func (w *contextWalk) token(t lexeme) {
	text := w.text[t.start:t.end]
	switch t.kind {
	case word:
		w.word(text)
	case quoted:
		w.pend(strings.Trim(text, `'"`))
		w.operand(`""`)
	case template:
		w.operand(`""`)
	case number:
		w.operand("0")
	case regex:
		w.operand("//")
	default:
		w.punctuator(text)
	}
}

func (w *contextWalk) operand(path string) { w.last, w.dot = path, false }

func (w *contextWalk) pend(key string) {
	if top := w.top(); top != nil && top.key == "" {
		top.pending = key
	}
}

func (w *contextWalk) word(text string) {
	switch {
	case w.dot:
		w.operand(w.last + "." + text)
	case text == "new":
		w.operand("")
		w.isNew = true
	case isStatementWord(text):
		w.operand("")
	default:
		w.pend(text)
		if top := w.top(); top != nil {
			top.words = append(top.words, text)
		}
		w.operand(w.meaning(text))
	}
}

// meaning is the path that a name stands for: where it is the parameter of a function that
// a method of a list calls with the elements, such an element.
func (w *contextWalk) meaning(name string) string {
	for i := len(w.frames) - 1; i >= 0; i-- {
		if path, ok := w.frames[i].params[name]; ok {
			return path
		}
	}
	return name
}

// arrow notes the parameters before a =>, in a call such as files.filter(f => ….
func (w *contextWalk) arrow() {
	top := w.top()
	if top == nil || top.char != '(' {
		return
	}
	names := w.closed
	if w.last != "()" {
		names = top.words[max(len(top.words)-1, 0):]
	}
	list, method := cutLast(top.before, ".")
	first, count := 0, 1
	switch method {
	case "filter", "map", "flatMap", "forEach", "find", "findIndex", "findLast", "findLastIndex", "some", "every":
	case "sort", "toSorted":
		count = 2
	case "reduce", "reduceRight":
		first = 1
	default:
		return
	}
	top.params = map[string]string{}
	for i, name := range names {
		if i >= first && i < first+count {
			top.params[name] = list + "[]"
		}
	}
}

// cutLast divides a string at the last separator.
func cutLast(text, separator string) (before, after string) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return "", text
	}
	return text[:i], text[i+len(separator):]
}

func isStatementWord(text string) bool {
	switch text {
	case "return", "typeof", "await", "yield", "void", "delete", "in", "of", "instanceof", "case", "throw", "else", "do",
		"const", "let", "var", "if", "while", "for", "switch", "function", "class", "extends":
		return true
	}
	return false
}

func (w *contextWalk) top() *frame {
	if len(w.frames) == 0 {
		return nil
	}
	return &w.frames[len(w.frames)-1]
}

func (w *contextWalk) punctuator(text string) {
	top := w.top()
	switch text[0] {
	case '(', '[', '{':
		before := w.last
		if w.isNew && text[0] == '(' {
			before = "new " + before
			w.isNew = false
		}
		w.frames = append(w.frames, frame{char: text[0], before: before})
		w.operand("")
		return
	case ')', ']', '}':
		if top == nil {
			w.operand("")
			return
		}
		w.closed = top.words
		w.frames = w.frames[:len(w.frames)-1]
		switch {
		case text[0] == '}':
			w.operand("{}")
		case text[0] == ']':
			w.operand(top.before + "[]")
		case top.before == "":
			w.operand("()") // a group: nobody knows what it is
		default:
			w.operand(top.before + "()")
		}
		return
	case '=':
		if text == "=>" {
			w.arrow()
			w.operand("=>") // a brace that follows opens a block
			return
		}
	case '.':
		if text == "." {
			w.dot = true
			return
		}
	case '?':
		if text == "?." {
			w.dot = true
			return
		}
		if text == "?" && w.last != "" { // ?. may come as two tokens
			return
		}
	case ',':
		if top != nil {
			top.arg++
			if top.pending != "" {
				top.keys = append(top.keys, top.pending)
			}
			top.key, top.pending = "", ""
		}
	case ':':
		if top != nil && top.char == '{' && top.key == "" {
			top.key, top.pending = top.pending, ""
			top.keys = append(top.keys, top.key)
		}
	}
	w.operand("")
	w.isNew = false
}

// fill says which call's argument the end of the text lies in.
func (w *contextWalk) fill(c *Context) {
	frames := w.frames
	if n := len(frames); n > 1 && frames[n-1].char == '[' && frames[n-1].before == "" {
		frames = frames[:n-1] // one of a list stands where one alone would
	}
	n := len(frames)
	if n > 1 && frames[n-1].char == '{' && frames[n-2].char == '(' && frames[n-1].before == "" {
		c.Keyed, c.Key, c.Keys = true, frames[n-1].key, frames[n-1].keys
		n--
	}
	if n > 0 && frames[n-1].char == '(' {
		c.Call, c.Arg = frames[n-1].before, frames[n-1].arg
	}
}
