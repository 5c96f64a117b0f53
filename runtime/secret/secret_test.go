package secret_test

import (
	"strings"
	"testing"

	"imapsh/runtime/secret"
)

func TestMask(t *testing.T) {
	held := func(text string) bool { return strings.Contains(text, "heldheld") }
	for _, test := range []struct{ name, before, line, want string }{
		{"nothing", "", "query({instrument: 'swe'})", "query({instrument: 'swe'})"},
		{"an assignment", "", "config.API_KEY = 'abc-1'; nothing.here", "config.API_KEY = '*****'; nothing.here"},
		{"without quotes", "", "config.API_KEY = abc1 def", "config.API_KEY = **** ***"},
		{"without an end", "", "config.API_KEY = 'abc1", "config.API_KEY = '****"},
		{"by index", "", "config['API_KEY'] = `ab`", "config['*******'] = `**`"},
		{"in an object", "", "f({password: 'abc', b: 1})", "f({password: '***', b: 1})"},
		{"a token in a header", "", "h = 'Authorization: Bearer xyz'", "h = '************** ****** ***'"},
		{"a line further", "config.API_KEY =", "  'abc' + nothing.here", "  '***' * ************"},
		{"the next statement", "config.API_KEY = 'abc';", "nothing.here('x')", "nothing.here('x')"},
		{"one that is set", "", "const k = 'heldheld'; f(k)", "const k = '********'; f(k)"},
		{"other characters", "", "s('é', password = 'ü')", "s('*', password = '*')"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := secret.Mask(test.line, test.before, held)
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
