package syntax

import (
	"strings"
	"testing"
)

func TestIncomplete(t *testing.T) {
	for text, want := range map[string]bool{
		// nothing, comments
		"": false, " \n\t": false, "// more": false, "/* done */": false, "/* open": true, "1 /* open": true,
		"/* open *": true, "// /* not open": false, "'/*'": false, "/* a */ /*": true, "foo bar /*": false,
		// brackets
		"(": true, "[": true, "foo(": true, "foo(1,": true, "foo(1": true, "[1, 2": true, "[1, 2,": true,
		"a[": true, "foo({a: 1": true, "foo({a: 1})": false, "(]": false, "foo(1))": false, ")": false, "}": false,
		"x = ({[": true, "x = {": true, "x = {a: 1,": true, "x = {a() {": true, "x = {a() {}}": false,
		"({": true, "({a, b": true, "'('": false, `"[{("`: false, "/[(]/": false, "/[({]/.test(": true, "x = /[/; y": false,
		// a brace at the start
		"{": true, "{}": false, "{a: 1": true, "{a: 1,": true, "{a: 1, b: 2": true, "{a: 1, b: 2}": false,
		`{"a": 1,`: true, `{"a": 1}`: false, "{ let x = 1;": true, "{ let x = 1; }": false, "{ foo();": true,
		"{ foo() }": false, "{a: 1} +": true, "{a b": false, "{...x,": true, "{[k]: 1,": true, "{ if (x) {": true,
		// operators
		"1 +": true, "1 + 1": false, "a =": true, "a = b": false, "a ?": true, "a ? b": true, "a ? b :": true,
		"a ? b : c": false, "a &&": true, "a ??": true, "a.": true, "a?.": true, "a,": true, "!": true, "typeof": true,
		"void": true, "new": true, "new Foo": false, "delete a.": true, "a in": true, "a instanceof": true, "a ++": false,
		"++": true, "a **": true, "a +=": true, "x =>": true, "(x) =>": true, "(x) => {": true, "async x =>": true,
		"async () => {": true, "...": false, "1 + +": true, "a = b = ": true, "a /": true, "a / b /": true,
		// strings, templates, regular expressions
		"'abc": false, "'abc'": false, `"abc`: false, `'abc\`: true, "'abc\\\n": true, "'abc\\\ndef'": false, "'abc\ndef": false,
		"`": true, "`abc": true, "`abc`": false, "`a\nb": true, "`a${": true, "`a${b": true, "`a${b}": true, "`a${b}`": false,
		"`a${`b": true, "`a${`b${c}`": true, "`a${`b${c}`}`": false, "`a\\`": true, "`a${'}'}`": false, "`a${{}": true,
		"`a$`": false, "`$${": true, "tag`x": true, "`a${b c": false, "/abc": false, "/abc/": false, "/a\\/b/g": false,
		"x = /(/": false, "a / 2": false, "a = b / `": true, "if (a) /'/.test(b)": false, "`\\": true, "`${a}\\": true,
		// statements
		"if": true, "if (": true, "if (x)": true, "if (x) {": true, "if (x) {}": false, "if (x) y": false, "if (x) y; else": true,
		"if (x) {} else {": true, "if (x) {} else if (y)": true, "while (x)": true, "while (x) {": true, "do": true, "do {": true,
		"do {}": true, "do {} while": true, "do {} while (x": true, "do {} while (x)": false, "for (": true, "for (;;)": true,
		"for (let i = 0;": true, "for (const x of": true, "for (const x of y)": true, "for (const x of y) {": true,
		"for (const x of y) z()": false, "switch": true, "switch (a)": true, "switch(a){": true, "switch (a) { case 1:": true,
		"switch (a) { case 1: b()": true, "switch (a) {}": false, "try": true, "try {": true, "try {}": true, "try { a(": true,
		"try {} catch": true, "try {} catch {": true, "try {} catch (e) {}": false, "try {} finally": true, "try {} finally {}": false,
		"try {} b": false, "throw": false, "throw x": false, "throw new Error(": true, "label:": true, "with (a)": true,
		"return": false, "return 1": false, "break": false, "debugger": false,
		// declarations
		"let": false, "let x": false, "let x =": true, "let x = 1": false, "let x = 1,": true, "let {": true, "let {a, b": true,
		"let {a, b} =": true, "let {a, b} = c": false, "const": true, "const x =": true, "var": true, "var x,": true,
		"function": true, "function f": true, "function f(": true, "function f()": true, "function f() {": true,
		"function f() { return {": true, "function f() {}": false, "async function f() {": true, "async": false,
		"function* g() { yield": true, "class": true, "class A": true, "class A {": true, "class A extends": true,
		"class A extends B": true, "class A extends B { m(": true, "class A { m() {}": true, "class A {}": false, "class A { static {": true,
		// await, errors
		"await": true, "await x": false, "await x(": true, "await Promise.all([": true, "x = await": true,
		"foo bar": false, "foo bar (": false, "if (x) )": false, "1 2 {": false, "let let": false, "@": false, "a b\n{": false,
		"import x from 'y'": false, "function f() { await x": false, "x = }": false, "12abc (": false,
		"é = [": true, "'é' + (": true, "«": false,
	} {
		if got := Incomplete(text); got != want {
			t.Errorf("Incomplete(%q) = %v", text, got)
		}
	}
}

// Every line of these but the last leaves the statement open.
func TestIncompleteLines(t *testing.T) {
	for name, text := range map[string]string{
		"object":   "const o = {\n  a: 1,\n  b: [\n    1,\n    2\n  ],\n  'c-d': `x\n${\n  y\n}`\n}",
		"bare":     "{\n  a: 1,\n  b: {\n    c: 2\n  }\n}",
		"calls":    "query({\n  instrument: 'mag',\n  start: '-7d'\n}).filter(f =>\n  f.version === 'v001'\n).map((f) => {\n  return f.name\n})",
		"class":    "class A extends B {\n  #x = 1\n  static y\n  get z() {\n    return 1\n  }\n  async *w(\n    a,\n    b) {\n  }\n}",
		"try":      "try {\n  a()\n} catch (e) {\n  b()\n} finally {\n  c()\n}",
		"loop":     "for (const x of [\n  1,\n  2\n])\n  for (;;) {\n    break\n  }",
		"do":       "do {\n  x()\n} while (\n  y\n)",
		"switch":   "switch (x) {\n  case 1:\n  case 2: {\n    y()\n    break\n  }\n  default:\n}",
		"comment":  "f( // one (\n  1, /* two\n  three ( */\n  2\n)",
		"template": "`one\n${ [1,\n2].map(x => `<${\nx\n}>`) } '\n\"`",
		"operator": "a = b +\n  c *\n  (d -\n  e)",
		"awaits":   "const [a,\n  b] = await Promise.all([\n  f(),\n  g()\n])",
		"chain":    "a ?\n  b :\n  c ?\n  d :\n  e",
		"crlf":     "f(\r\n  1,\r\n  `x\r\n`\r\n)",
	} {
		t.Run(name, func(t *testing.T) {
			lines := strings.SplitAfter(text, "\n")
			for i := 1; i <= len(lines); i++ {
				start := strings.Join(lines[:i], "")
				if want := i < len(lines); Incomplete(start) != want {
					t.Errorf("Incomplete(%q) = %v", start, !want)
				}
				if trimmed := strings.TrimRight(start, "\r\n"); Incomplete(trimmed) != (i < len(lines)) {
					t.Errorf("Incomplete(%q) = %v", trimmed, i == len(lines))
				}
			}
		})
	}
}
