package bindings

import (
	"slices"
	"testing"

	"imapsh/naming"
)

// TestEveryClassHasAnObject: a class of names that is not registered has no object in
// JavaScript.
func TestEveryClassHasAnObject(t *testing.T) {
	kinds := Host{}.pathKinds()
	for _, class := range naming.Classes() {
		if !slices.ContainsFunc(kinds, func(k pathKind) bool { return k.class == class }) {
			t.Errorf("class %s is not registered in pathKinds", class)
		}
	}
	for _, name := range []string{
		"imap_mag_l1a_norm_20260105_v001.cdf", "imap_mag_x_20260105_v001.csv", "naif0012.tls",
		"imap_mag_l1a_norm_20260105_v001.png", "imap_mag_l1a_norm_20260105_v001.json", "imap_mag_x_20260105_v001.txt",
	} {
		path, err := naming.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		if object, err := objectOf(kinds, path); err != nil || object == nil {
			t.Errorf("%s: %v %v", name, object, err)
		}
	}
}
