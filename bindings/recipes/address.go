package recipes

import (
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
)

// address reads where a repository is: an https or ssh URL, user@host:path as ssh has
// it, or a path of this machine, which becomes absolute; relative ones start at dir. What
// git would take for an option, for a program to run or for a password is refused.
func address(text, dir string) (string, error) {
	wrong := func(why string) error {
		return api.Usagef("repository %q: %s", termtext.EscapeLine(withoutPassword(text)), why)
	}
	const allowed = "must be an https or ssh URL, user@host:path, or a path of this machine"
	switch {
	case text == "" || strings.HasPrefix(text, "-") || strings.ContainsFunc(text, func(r rune) bool { return r < 0x20 || r == 0x7f }):
		return "", wrong(allowed)
	case strings.Contains(text, "::"): // a helper of git's, which runs a program
		return "", wrong(allowed)
	case strings.Contains(text, "://"):
		u, err := url.Parse(text)
		if err != nil || u.Scheme != "https" && u.Scheme != "ssh" || u.Hostname() == "" || strings.HasPrefix(u.Hostname(), "-") {
			return "", wrong(allowed)
		}
		if _, has := u.User.Password(); has || u.Scheme == "https" && u.User != nil {
			return "", wrong("it must not hold a password or a token: git's credential helper keeps them")
		}
		return text, nil
	case scpLike.MatchString(text):
		return text, nil
	case filepath.IsAbs(text):
		return filepath.Clean(text), nil
	}
	return filepath.Join(dir, text), nil
}

// scpLike is git's short form of an ssh URL: nothing before the colon is a directory.
var scpLike = regexp.MustCompile(`^(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]+:[^:]+$`)

// withoutPassword is an address as an error may show it.
func withoutPassword(text string) string {
	scheme, rest, ok := strings.Cut(text, "://")
	at := strings.LastIndexByte(rest, '@')
	if !ok || at < 0 {
		return text
	}
	return scheme + "://…" + rest[at:]
}

var repositoryName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,63}$`)

// nameOf is the name that a repository's recipes are called by: as, or the last part of
// its address.
func nameOf(address, as string) (string, error) {
	name := as
	if name == "" {
		name = strings.TrimSuffix(path.Base(strings.TrimRight(filepath.ToSlash(strings.ReplaceAll(address, ":", "/")), "/")), ".git")
		name = strings.ToLower(strings.ReplaceAll(name, ".", "-"))
	}
	if !repositoryName.MatchString(name) {
		hint := ""
		if as == "" {
			hint = "; --as NAME gives it another"
		}
		return "", api.Usagef("name %q: must be lower-case letters, digits, - and _%s", termtext.EscapeLine(name), hint)
	}
	return name, nil
}

var refForm = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./+@-]*$`)

// checkRef refuses what no branch, tag or commit is called.
func checkRef(ref string) error {
	if ref != "" && (!refForm.MatchString(ref) || strings.Contains(ref, "..") || strings.Contains(ref, "@{") || strings.HasSuffix(ref, ".lock") || strings.HasSuffix(ref, "/")) {
		return api.Usagef("ref %q: must be a branch, a tag or a commit", termtext.EscapeLine(ref))
	}
	return nil
}
