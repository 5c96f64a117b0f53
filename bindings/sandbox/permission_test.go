package sandbox_test

import (
	"strings"
	"testing"

	"imapsh/bindings/sandbox"
)

func TestPermissions(t *testing.T) {
	own, typed, added := sandbox.Policy{}, sandbox.Policy{Trusted: true}, sandbox.Policy{Added: "swapi"}
	allowing := func(p sandbox.Policy, words ...string) sandbox.Policy {
		p.Allowed = words
		return p
	}
	silent := allowing(added, "upload")
	silent.NoUpload = true
	for _, test := range []struct {
		name   string
		policy sandbox.Policy
		want   string // the permissions that are granted
	}{
		{"what is typed", typed, "upload reprocess release"},
		{"one's own recipe", own, "upload"},
		{"one's own with a header", allowing(own, "release"), "upload release"},
		{"an added one", added, ""},
		{"an added one that was accepted", allowing(added, "upload", "reprocess"), "upload reprocess"},
		{"with --no-upload", silent, ""},
		{"one's own, run by an added one", own.Within(added), ""},
		{"one's own with a header, run by an added one", allowing(own, "release").Within(allowing(added, "upload")), "upload"},
		{"an added one, run by one's own", added.Within(own), ""},
		{"an added one, run by what is typed", allowing(added, "upload").Within(typed), "upload"},
		{"run by one without uploads", own.Within(sandbox.Policy{NoUpload: true}), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var granted []string
			for _, word := range sandbox.Permissions() {
				if err := test.policy.Check(sandbox.Permission(word)); err == nil {
					granted = append(granted, word)
				} else if !strings.HasPrefix(err.Error(), word+": refused: ") {
					t.Errorf("%v", err)
				}
			}
			if got := strings.Join(granted, " "); got != test.want {
				t.Errorf("granted %q, want %q", got, test.want)
			}
		})
	}
	if err := sandbox.CheckWords([]string{"upload", "uplaod"}); err == nil || !strings.Contains(err.Error(), `did you mean "upload"?`) {
		t.Error(err)
	}
}
