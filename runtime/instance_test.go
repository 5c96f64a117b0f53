package runtime

import (
	"testing"
	"time"
)

// What code asks of any object is no mistyped field.
func TestInstanceIsAnOrdinaryObject(t *testing.T) {
	s, _ := newTestSession(t)
	for _, test := range []struct{ name, code, want string }{
		{"in", "'nope' in new Brush(3)", "false"},
		{"destructuring with a default", "(({note, ...rest}) => typeof rest)(new Brush(3))", "object"},
		{"spread", "({...new Brush(3)}).nope === undefined", "true"},
		{"await", "(await new Brush(3)) instanceof Brush", "true"},
		{"a symbol", "String(new Brush(3)[Symbol.iterator])", "undefined"},
		{"an inherited method", "typeof new Brush(3).hasOwnProperty", "function"},
		{"own assignment", "{ const b = new Brush(3); b.mine = 4; b.mine++; [b.mine, Object.keys(b).includes('mine'), JSON.stringify(b).includes('mine')].join() }", "5,true,true"},
		{"own assignment, deleted", "{ const b = new Brush(3); b.mine = 4; delete b.mine; 'mine' in b }", "false"},
	} {
		t.Run(test.name, func(t *testing.T) {
			gives(t, s, test.code, test.want)
		})
	}
}

func TestDatesOfTheArchive(t *testing.T) {
	local := time.Local
	time.Local = time.UTC // as the program does
	defer func() { time.Local = local }()
	s, _ := newTestSession(t)
	for code, want := range map[string]string{
		"new Date('20260109').toISOString()":                  "2026-01-09T00:00:00.000Z",
		"new Date('20260110 08:24:50').toISOString()":         "2026-01-10T08:24:50.000Z",
		"new Date('2025-04-09, 21:12:53').toISOString()":      "2025-04-09T21:12:53.000Z",
		"Date.parse('20260110') === Date.parse('2026-01-10')": "true",
		"new Date(2026, 1, 6).toISOString()":                  "2026-02-06T00:00:00.000Z",
		"new Date('2026-009').toISOString()":                  "2026-01-09T00:00:00.000Z",
		"isNaN(new Date('2026-366')) && isNaN(Date.parse('2026-000')) && Date.parse('2024-366') === Date.parse('2024-12-31')": "true",
		"isNaN(new Date('20260231'))":                             "true",
		"isNaN(new Date('2026-02-31'))":                           "true",
		"new Date(new Date(5)).getTime()":                         "5",
		"new (class extends Date {})('20260109') instanceof Date": "true",
		"new Date(0).constructor === Date && typeof Date() === 'string' && Date.name === 'Date' && Date.length === 7": "true",
	} {
		gives(t, s, code, want)
	}
}
