package main

import (
	"regexp"
	"runtime/debug"
	"strings"
)

// build says what the program was built from. What is not known is empty.
type build struct {
	release string // such as 1.2.0
	commit  string // 12 hexadecimal digits
	date    string // of the commit, YYYY-MM-DD
	changed bool   // files were changed after the commit
}

// thisBuild is that of the running program.
func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return build{}
	}
	return buildOf(info)
}

// pseudoVersion matches what Go writes for a commit without a tag:
// v0.0.0-20261125170132-626ae0d277a3, +dirty where files were changed.
var pseudoVersion = regexp.MustCompile(`(\d{4})(\d\d)(\d\d)\d{6}-([0-9a-f]{12})(\+.*)?$`)

// buildOf reads what Go recorded: the version of the module and, where the source was a
// git checkout, its commit.
func buildOf(info *debug.BuildInfo) build {
	var b build
	if version := info.Main.Version; version != "(devel)" {
		if parts := pseudoVersion.FindStringSubmatch(version); parts != nil {
			b.date, b.commit = parts[1]+"-"+parts[2]+"-"+parts[3], parts[4]
		} else {
			b.release, _, _ = strings.Cut(strings.TrimPrefix(version, "v"), "+")
		}
	}
	for _, setting := range info.Settings {
		switch {
		case setting.Key == "vcs.revision" && len(setting.Value) >= 12:
			b.commit = setting.Value[:12]
		case setting.Key == "vcs.time" && len(setting.Value) >= 10:
			b.date = setting.Value[:10]
		case setting.Key == "vcs.modified":
			b.changed = setting.Value == "true"
		}
	}
	return b
}

// name is the release, or devel and the commit.
func (b build) name() string {
	switch {
	case b.release != "":
		return b.release
	case b.commit != "":
		return "devel-" + b.commit
	}
	return "devel"
}

// describe names the commit and its date, too.
func (b build) describe() string {
	if b.commit == "" {
		return b.name()
	}
	release, changed := b.release, ""
	if release == "" {
		release = "devel"
	}
	if b.changed {
		changed = ", with changes"
	}
	return release + " (commit " + b.commit + ", " + b.date + changed + ")"
}
