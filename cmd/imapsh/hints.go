package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"imapsh/naming"
	"imapsh/runtime/api"
	"imapsh/sdc"
	"imapsh/sdc/cdf"
)

// contact is who helps with the archive itself.
const contact = "imap-sdc@lasp.colorado.edu"

const (
	adviceURL    = "check the network and the archive's URL (--url or IMAP_DATA_ACCESS_URL)"
	adviceLater  = "try again later, or write to " + contact
	adviceDown   = "the service may be down; " + adviceLater
	adviceNarrow = "narrow it by data_level, descriptor or version 'latest'"
	adviceKey    = "set IMAP_API_KEY or give --api-key"
)

// advice is what to do about an error of each reason. Those that depend on more than
// the reason are in hinter.hint.
var advice = map[sdc.Reason]string{
	sdc.NoCredential:     "this needs a credential: " + adviceKey,
	sdc.OtherOrigin:      "the credential was given for another URL and is not sent here; set IMAP_API_KEY for this one",
	sdc.KeyRefused:       "the API key was refused: check IMAP_API_KEY, or ask " + contact + " for access",
	sdc.KeyReadOnly:      "the API key may read only: ask " + contact + " for one that may upload",
	sdc.TokenRefused:     "the access token was refused: it may have expired; set IMAP_ACCESS_TOKEN to a new one",
	sdc.UploadNeedsKey:   "uploads take an API key, no access token: " + adviceKey,
	sdc.NotReleased:      "the file is not public yet; to read it " + adviceKey,
	sdc.DifferentContent: "give yours the next version",
	sdc.WrongURL:         "this archive does not offer that: check its URL (--url or IMAP_DATA_ACCESS_URL)",
	sdc.Unreachable:      adviceURL,
	sdc.Certificate:      "the server's certificate is not trusted; behind a proxy that opens HTTPS, name its certificate file in SSL_CERT_FILE",
	sdc.OtherHost:        "the certificate is for another host: " + adviceURL + "; a proxy or a portal to log in to may answer in the archive's place",
	sdc.Expired:          "check this machine's clock; if it is right, write to " + contact,
	sdc.ProxyRefused:     "check the user and password in that variable (# is written %23) or ask whoever runs the proxy; NO_PROXY lists hosts that need none",
	sdc.ProxyFailed:      "check that variable; NO_PROXY lists hosts that need no proxy",
	sdc.Environment:      "correct the variable, or unset it",
	sdc.Intercepted:      "something between here and the archive answers in its place (a portal to log in to, a proxy); " + adviceURL,
	sdc.InvalidAnswer:    "try again; if it stays so, " + adviceURL + " or write to " + contact,
	sdc.Down:             adviceDown,
	sdc.Busy:             "try again then",
	sdc.TooLarge:         adviceNarrow + ", or ask for fewer days",
	sdc.OverBudget:       adviceNarrow + ", or ask for fewer days; --max-query-requests and --max-query-bytes raise the limit",
	sdc.MaybeTooLarge:    adviceLater + "; or " + adviceNarrow,
	sdc.StoreRefused:     "the archive's permission for this transfer was refused: check this machine's clock, or try again later",
	sdc.StoreFailed:      "try again; " + adviceDown,
	sdc.Interrupted:      "try again: what is there already is kept",
	sdc.Damaged:          "the bytes were damaged on the way, twice: if it happens again, write to " + contact,
	sdc.StoredBadly:      "write to " + contact + ": the archive holds a damaged file",
	sdc.ReadOnly:         "the session was started with --read-only",
	sdc.DataDirDenied:    "--data-dir or IMAP_DATA_DIR names another data directory",
	sdc.ContentRefused:   "imapsh check FILE lists what is wrong and what would be right",
	sdc.DiskFull:         "make room, or name another data directory with --data-dir or IMAP_DATA_DIR; what is there already is kept",
	sdc.CredentialInURL:  "a credential goes into IMAP_API_KEY or IMAP_ACCESS_TOKEN",
}

// demoAdvice is what differs in the demo, where neither URL nor data directory nor token
// comes from the environment. KEY stands for how its key is given.
var demoAdvice = map[sdc.Reason]string{
	sdc.NoCredential:   "this needs a credential: KEY",
	sdc.OtherOrigin:    "the credential was given for another URL: KEY",
	sdc.KeyRefused:     "the demo accepts one key: KEY",
	sdc.TokenRefused:   "the demo accepts no token: KEY",
	sdc.UploadNeedsKey: "uploads take an API key: KEY",
	sdc.NotReleased:    "the file is not public yet; to read it KEY",
	sdc.WrongURL:       "the demo does not offer that",
	sdc.Unreachable:    "the demo's archive runs in this process and ends with it: start it again",
	sdc.Intercepted:    otherAnswers,
	sdc.InvalidAnswer:  otherAnswers,
	sdc.OtherHost:      otherAnswers,
	sdc.DataDirDenied:  "--data-dir names another data directory",
	sdc.DiskFull:       "make room, or name another data directory with --data-dir; what is there already is kept",

	sdc.CredentialInURL: "a credential goes elsewhere: KEY",
}

// otherAnswers is told where the demo's answer is none of its own.
const otherAnswers = "something answers in the demo's place: name 127.0.0.1 in NO_PROXY"

// hinter turns the reasons of errors into advice, in the words of the command line or
// of the shell.
type hinter struct {
	shell   bool   // options are those of the shell's functions
	demo    bool   // the archive is the demo's
	program string // imapsh with the flags that choose the archive
}

// hint is what to do about an error; empty where nothing is known.
func (h hinter) hint(err error) string {
	var several *sdc.TransferError
	if errors.As(err, &several) {
		err = several.Report.FirstFailure().Err
	}
	var refused *sdc.Error
	errors.As(err, &refused)
	var large *cdf.LimitError
	var ruined *cdf.TextModeError
	switch {
	case errors.As(err, &large) && h.shell:
		return "from and to choose fewer records; series goes through files one after another; a larger --max-memory allows more"
	case errors.As(err, &large):
		return "--from and --to choose fewer records"
	case errors.As(err, &ruined):
		return "download it again with " + h.option("overwrite")
	}
	switch reason := sdc.ReasonOf(err); reason {
	case sdc.NotFound:
		return h.notFound(refused.FilePath)
	case sdc.AlreadyExists:
		return "the archive never replaces a file: give yours the next version; " + h.option("skip_existing") + " skips it where the archive has the same bytes"
	case sdc.Unconfirmed:
		return "compare it later: upload it again with " + h.option("skip_existing")
	case sdc.WrongURL:
		return h.advice(reason) + spiceRemark(refused)
	default:
		return h.advice(reason)
	}
}

// advice is what depends on the reason and the archive alone.
func (h hinter) advice(reason sdc.Reason) string {
	text, differs := demoAdvice[reason]
	if !h.demo || !differs {
		return advice[reason]
	}
	key := "give --api-key " + demoKey
	if h.shell {
		key = "set config.API_KEY = '" + demoKey + "'"
	}
	return strings.ReplaceAll(text, "KEY", key)
}

// spiceRemark is what a query of kernels is told where there is no such route.
func spiceRemark(refused *sdc.Error) string {
	if refused == nil || !strings.Contains(refused.Endpoint, "/spice-query") {
		return ""
	}
	return "; imapsh serve and --demo list no SPICE kernels: download takes their names"
}

// option is an option of a function that is on or off, as it is written here.
func (h hinter) option(name string) string {
	if h.shell {
		return name + ": true"
	}
	return "--" + api.FlagName(name)
}

// notFound names a query for the files that the archive has beside the one wanted.
func (h hinter) notFound(archivePath string) string {
	hint := "the archive has no " + archivePath
	options := neighbours(archivePath)
	if len(options) == 0 {
		return hint
	}
	hint += "; to see what it has: "
	var parts []string
	if h.shell {
		for _, o := range options {
			parts = append(parts, fmt.Sprintf("%s: '%s'", o.name, o.value))
		}
		return hint + "query({" + strings.Join(parts, ", ") + "})"
	}
	for _, o := range options {
		parts = append(parts, "--"+api.FlagName(o.name)+" "+o.value)
	}
	return hint + h.program + " query " + strings.Join(parts, " ")
}

// queryOption is an option of query and its value.
type queryOption struct{ name, value string }

// neighbours are the options of a query for all versions of a file: of a science file
// of its day, of a kernel of the days that it covers. Files of classes that no table
// lists have none.
func neighbours(archivePath string) []queryOption {
	path, err := naming.Parse(archivePath)
	if err != nil {
		return nil
	}
	wanted := map[naming.Class][]string{
		naming.ClassScience:   {"instrument", "data_level", "descriptor", "start_date"},
		naming.ClassQuicklook: {"instrument", "data_level", "descriptor", "start_date"},
		naming.ClassAncillary: {"instrument", "descriptor"},
		naming.ClassSPICE:     {"type", "start_date", "end_date"},
	}[path.Class()]
	var options []queryOption
	if class := path.Class(); class != naming.ClassScience && len(wanted) > 0 {
		options = append(options, queryOption{"table", string(class)})
	}
	byDay := true
	for _, field := range path.Fields() {
		value, ok := field.Value.(string)
		if !ok {
			value = fmt.Sprint(field.Value)
		}
		switch {
		case !slices.Contains(wanted, field.Name), field.Value == nil, value == "":
			continue
		case field.Name == "type":
			if !slices.Contains(sdc.SPICEType("").Values(), value) {
				return nil
			}
			byDay = value != "repoint" // which the archive lists by no day
		case strings.HasSuffix(field.Name, "_date") && !byDay:
			continue
		}
		options = append(options, queryOption{field.Name, value})
		if field.Name == "start_date" && path.Class() != naming.ClassSPICE {
			options = append(options, queryOption{"end_date", value})
		}
	}
	return options
}

// hints are those of the command line.
func (c *cli) hints() hinter {
	program := "imapsh"
	switch {
	case c.flags.demo && sdc.DateOf(c.flags.demoDay) != sdc.DateOf(time.Now()):
		program += " --demo=" + string(sdc.DateOf(c.flags.demoDay))
	case c.flags.demo:
		program += " --demo"
	case c.flags.url != "":
		program += " --url " + c.flags.url
	}
	return hinter{program: program, demo: c.inDemo()}
}

// shellHint is what the shell says to do about an error.
func (c *cli) shellHint(err error) string { return hinter{shell: true, demo: c.inDemo()}.hint(err) }

// inDemo reports whether the archive is the demo's, and not one that code has set since.
func (c *cli) inDemo() bool { return c.client != nil && c.client.Archive() == demoArchive }

// hintedError is an error with what to do about it.
type hintedError struct {
	error
	hint string
}

func (e hintedError) Unwrap() error { return e.error }

// Hint is what to do next.
func (e hintedError) Hint() string { return e.hint }

// hinted gives an error the hint of the command line, unless it has one.
func (c *cli) hinted(err error) error {
	var has api.Hinter
	if errors.As(err, &has) {
		return err
	}
	hint := c.hints().hint(err)
	var usage usageError
	if hint == "" && errors.As(err, &usage) {
		hint = dayApart(c.args)
	}
	if hint == "" {
		return err
	}
	return hintedError{err, hint}
}
