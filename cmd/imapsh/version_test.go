package main

import (
	"runtime/debug"
	"testing"
)

func TestBuild(t *testing.T) {
	checkout := []debug.BuildSetting{
		{Key: "vcs.revision", Value: "626ae0d277a351fca3653df9a583f2eee2bc10a5"},
		{Key: "vcs.time", Value: "2026-11-25T17:01:32Z"},
		{Key: "vcs.modified", Value: "false"},
	}
	changed := append(checkout[:2:2], debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for _, test := range []struct {
		name, version  string
		settings       []debug.BuildSetting
		short, details string
	}{
		{"nothing known", "(devel)", nil, "devel", "devel"},
		{"a release from the proxy", "v1.2.0", nil, "1.2.0", "1.2.0"},
		{"a release from its checkout", "v1.2.0", checkout, "1.2.0", "1.2.0 (commit 626ae0d277a3, 2026-11-25)"},
		{"a release with changes", "v1.2.0+dirty", changed, "1.2.0", "1.2.0 (commit 626ae0d277a3, 2026-11-25, with changes)"},
		{"a commit from the proxy", "v0.0.0-20261125170132-626ae0d277a3", nil, "devel-626ae0d277a3", "devel (commit 626ae0d277a3, 2026-11-25)"},
		{"a commit after a release", "v1.2.1-0.20261125170132-626ae0d277a3", nil, "devel-626ae0d277a3", "devel (commit 626ae0d277a3, 2026-11-25)"},
		{"a checkout", "(devel)", checkout, "devel-626ae0d277a3", "devel (commit 626ae0d277a3, 2026-11-25)"},
		{"a checkout with changes", "v0.0.0-20261125170132-626ae0d277a3+dirty", changed, "devel-626ae0d277a3", "devel (commit 626ae0d277a3, 2026-11-25, with changes)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := buildOf(&debug.BuildInfo{Main: debug.Module{Version: test.version}, Settings: test.settings})
			if b.name() != test.short || b.describe() != test.details {
				t.Errorf("%q, %q; want %q, %q", b.name(), b.describe(), test.short, test.details)
			}
		})
	}
}
