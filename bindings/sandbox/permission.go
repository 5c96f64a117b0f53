package sandbox

import (
	"slices"
	"strings"

	"imapsh/runtime/api"
)

// Permission is something that changes the archive.
type Permission string

// The permissions, by the words of a recipe's header: // @allow upload.
const (
	Upload    Permission = "upload"
	Reprocess Permission = "reprocess"
	Release   Permission = "release"
)

// Permissions lists the words that a header may have.
func Permissions() []string { return []string{string(Upload), string(Reprocess), string(Release)} }

// Check refuses what the code may not do. Typed code may do all; one's own recipe
// uploads, and reprocesses and releases where its header says so; an added recipe needs
// the words in its header and its user's consent for each of them.
func (p Policy) Check(permission Permission) error {
	switch {
	case p.NoUpload && permission == Upload:
		return api.Usagef("upload: refused: the session was started with --no-upload")
	case p.Trusted, slices.Contains(p.Allowed, string(permission)), permission == Upload && p.Added == "":
		return nil
	case p.Added != "":
		return api.Usagef("%s: refused: recipes of %s do that only where their header has // @allow %[1]s and it was accepted when %[2]s was added", permission, p.Added)
	}
	return api.Usagef("%s: refused: the recipe's header must have // @allow %[1]s", permission)
}

// Within is the policy of a recipe that code of the policy caller runs: an added recipe
// makes another one do nothing that it may not do itself.
func (p Policy) Within(caller Policy) Policy {
	p.NoUpload = p.NoUpload || caller.NoUpload
	if caller.Added == "" {
		return p
	}
	var both []string
	for _, permission := range []Permission{Upload, Reprocess, Release} {
		if p.Check(permission) == nil && caller.Check(permission) == nil {
			both = append(both, string(permission))
		}
	}
	p.Added, p.Allowed = caller.Added, both
	return p
}

// CheckWords refuses a word of a header that names no permission.
func CheckWords(words []string) error {
	for _, word := range words {
		if !slices.Contains(Permissions(), word) {
			return api.Usagef("@allow %s: must be one of %s%s", word, strings.Join(Permissions(), ", "), api.Suggest(word, Permissions()))
		}
	}
	return nil
}
