package syntax

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAt(t *testing.T) {
	tests := []struct {
		text string
		want Context
	}{
		{"", Context{}},
		{"que", Context{Word: "que"}},
		{"let x = que", Context{Word: "que", From: 8}},
		{"files.", Context{From: 6, Member: true, Object: "files"}},
		{"files.down", Context{Word: "down", From: 6, Member: true, Object: "files"}},
		{"files?.down", Context{Word: "down", From: 7, Member: true, Object: "files"}},
		{"a.b[0].c.d", Context{Word: "d", From: 9, Member: true, Object: "a.b[].c"}},
		{"query({instrument: 'mag'}).la", Context{Word: "la", From: 27, Member: true, Object: "query()"}},
		{"new ScienceFilePath('x').con", Context{Word: "con", From: 25, Member: true, Object: "new ScienceFilePath()"}},
		{"'text'.pad", Context{Word: "pad", From: 7, Member: true, Object: `""`}},
		{"[1, 2].ma", Context{Word: "ma", From: 7, Member: true, Object: "[]"}},
		{"(a + b).x", Context{Word: "x", From: 8, Member: true, Object: "()"}},
		{"query({", Context{From: 7, Call: "query", Keyed: true}},
		{"query({ins", Context{Word: "ins", From: 7, Call: "query", Keyed: true}},
		{"query({instrument: ", Context{From: 19, Call: "query", Keyed: true, Key: "instrument", Keys: []string{"instrument"}}},
		{"query({instrument: ma", Context{Word: "ma", From: 19, Call: "query", Keyed: true, Key: "instrument", Keys: []string{"instrument"}}},
		{"query({instrument: 'ma", Context{Word: "ma", From: 20, Quote: '\'', Call: "query", Keyed: true, Key: "instrument", Keys: []string{"instrument"}}},
		{`query({instrument: ['mag', "s`, Context{Word: "s", From: 28, Quote: '"', Call: "query", Keyed: true, Key: "instrument", Keys: []string{"instrument"}}},
		{"query({instrument: 'mag', ", Context{From: 26, Call: "query", Keyed: true, Keys: []string{"instrument"}}},
		{"query({instrument, da", Context{Word: "da", From: 19, Call: "query", Keyed: true, Keys: []string{"instrument"}}},
		{"query({'instrument': 'mag', d", Context{Word: "d", From: 28, Call: "query", Keyed: true, Keys: []string{"instrument"}}},
		{"download('imap_", Context{Word: "imap_", From: 10, Quote: '\'', Call: "download"}},
		{"download(['a', 'b", Context{Word: "b", From: 16, Quote: '\'', Call: "download"}},
		{"download(files, {con", Context{Word: "con", From: 17, Call: "download", Arg: 1, Keyed: true}},
		{"files.sortBy('a', 'b", Context{Word: "b", From: 19, Quote: '\'', Call: "files.sortBy", Arg: 1}},
		{"new ScienceFilePath('imap", Context{Word: "imap", From: 21, Quote: '\'', Call: "new ScienceFilePath"}},
		{"const {a, b} = qu", Context{Word: "qu", From: 15}},
		{"x => x.na", Context{Word: "na", From: 7, Member: true, Object: "x"}},
		{"files.filter(f => f.da", Context{Word: "da", From: 20, Member: true, Object: "files[]", Call: "files.filter"}},
		{"files.filter((f, i) => i.da", Context{Word: "da", From: 25, Member: true, Object: "i", Call: "files.filter"}},
		{"query().map((f) => { return f.", Context{From: 30, Member: true, Object: "query()[]"}},
		{"files.sort((a, b) => b.", Context{From: 23, Member: true, Object: "files[]", Call: "files.sort"}},
		{"files.reduce((sum, f) => f.", Context{From: 27, Member: true, Object: "files[]", Call: "files.reduce"}},
		{"files.filter(f => f.ok).map(g => g.", Context{From: 35, Member: true, Object: "files.filter()[]", Call: "files.filter().map"}},
		{"run(f => f.", Context{From: 11, Member: true, Object: "f", Call: "run"}},
		{"if (a) { que", Context{Word: "que", From: 9}},
		{"// que", Context{From: 6, Dead: true}},
		{"/* que", Context{From: 6, Dead: true}},
		{"`que", Context{From: 4, Dead: true}},
		{"'it\\'s", Context{Word: "it\\'s", From: 1, Quote: '\''}},
		{"'done' ", Context{From: 7}},
		{"f(g(1), h", Context{Word: "h", From: 8, Call: "f", Arg: 1}},
		{")))", Context{From: 3}},
	}
	for _, test := range tests {
		t.Run(test.text, func(t *testing.T) {
			if diff := cmp.Diff(test.want, At(test.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func FuzzAt(f *testing.F) {
	for _, seed := range []string{"query({a: 'b", "a.b[0](", "`${x", "/[/", "new X(", "]})"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := At(text)
		if c.From < 0 || c.From > len(text) || !c.Dead && text[c.From:] != c.Word {
			t.Errorf("%q: the word %q does not end the text from %d", text, c.Word, c.From)
		}
	})
}
