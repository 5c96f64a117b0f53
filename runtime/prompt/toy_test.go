package prompt

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"imapsh/runtime"
	"imapsh/runtime/api"
	"imapsh/runtime/editor"
)

// crop is a vocabulary of the toy API.
type crop string

func (crop) Values() []string { return []string{"bean", "pea"} }

// sowing is the input of sow.
type sowing struct {
	Crop crop   `arg:"crop" doc:"what to sow"`
	Rows int    `name:"rows" doc:"how many rows"`
	Note string `name:"note" doc:"a remark" complete:"note"`
}

// garden is an API for tests.
func garden() *api.API {
	page := api.Topic{Name: "how-to-sow", Doc: "when and where", Text: "# How to sow\n\nIn **spring**.\n"}
	return &api.API{Topics: []api.Topic{page}, Funcs: []*api.Func{
		api.Define("sow", "Sows a crop.", func(_ context.Context, in sowing) (string, error) {
			return strings.Repeat(string(in.Crop)+" ", max(in.Rows, 1)), nil
		}, api.Example("sow('bean', {rows: 2})")),
	}}
}

// typist is an editor whose user types lines; "^C" drops what stands before it.
type typist struct {
	lines []string
	out   *bytes.Buffer
}

func (t *typist) Read(prompt, _ string) (string, error) {
	if len(t.lines) == 0 {
		return "", io.EOF
	}
	line := t.lines[0]
	t.lines = t.lines[1:]
	t.out.WriteString(prompt + strings.ReplaceAll(line, "\n", "\n| ") + "\n")
	if dropped, ok := strings.CutSuffix(line, "^C"); ok {
		return dropped, editor.ErrInterrupt
	}
	return line, nil
}

func (*typist) Close() error { return nil }

// marked writes lines with a mark before each.
type marked struct{ out io.Writer }

func (m marked) Write(text []byte) (int, error) {
	for line := range strings.Lines(string(text)) {
		if _, err := io.WriteString(m.out, "! "+line); err != nil {
			return 0, err
		}
	}
	return len(text), nil
}

// newPrompt is a prompt over the garden; what it writes to Stderr is marked with !.
func newPrompt(t testing.TB, change ...func(*Prompt, *runtime.Options)) (*Prompt, *bytes.Buffer) {
	t.Helper()
	out := &bytes.Buffer{}
	p := &Prompt{Stdout: out, Stderr: marked{out}, Text: func() string { return "> " }}
	options := runtime.Options{API: garden(), Stdout: out, Stderr: marked{out}, Args: []string{}}
	for _, f := range change {
		f(p, &options)
	}
	session, err := runtime.New(options)
	if err != nil {
		t.Fatal(err)
	}
	p.Session = session
	return p, out
}

// replay types the lines of a transcript that begin with "> ", continued by "| ", and
// compares all that stands on the screen with the transcript.
func replay(t *testing.T, transcript string, change ...func(*Prompt, *runtime.Options)) error {
	t.Helper()
	transcript = strings.TrimPrefix(transcript, "\n")
	p, out := newPrompt(t, change...)
	keys := &typist{out: out}
	for line := range strings.Lines(transcript) {
		line = strings.TrimSuffix(line, "\n")
		if typed, ok := strings.CutPrefix(line, "> "); ok {
			keys.lines = append(keys.lines, typed)
		} else if more, ok := strings.CutPrefix(line, "| "); ok {
			keys.lines[len(keys.lines)-1] += "\n" + more
		}
	}
	p.Editor = keys
	err := p.Run(t.Context())
	if diff := cmp.Diff(transcript, out.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	return err
}
