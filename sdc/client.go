package sdc

import (
	"cmp"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"imapsh/sdc/internal/datadir"
	"imapsh/sdc/internal/transport"
)

// DefaultURL is the production API.
const DefaultURL = "https://api.imap-mission.com"

// Options configure a [Client]: which archive it speaks to, as whom, and where its files lie.
type Options struct {
	URL         string           // base URL of the API; empty: DefaultURL
	APIKey      string           // sent to URL's origin and nowhere else; wins over AccessToken
	AccessToken string           // likewise
	DataDir     string           // where downloads go; empty: data under the working directory
	ReadOnly    bool             // refuse whatever changes the archive
	UserAgent   string           // empty: none is sent
	Log         *slog.Logger     // logs each request, never a credential; nil: nothing is logged
	HTTP        *http.Client     // nil: a client with the limits of this package; its redirect policy is replaced
	MaxRate     int64            // bytes a second, of all transfers together; 0: no limit
	MaxRequests float64          // requests a second, to all servers together; 0: no limit
	QueryBudget QueryBudget      // of each query
	Now         func() time.Time // the clock that relative dates count from; nil: time.Now
}

// Client speaks to one archive.
type Client struct {
	transport *transport.Client
	readOnly  bool
	log       *slog.Logger
	questions transport.RetryPolicy // of questions to the API
	transfers transport.RetryPolicy // of the transfer of a file
	ranges    rangeSizes
	budget    QueryBudget
	now       func() time.Time

	mu      sync.Mutex // guards what the shell's config may change
	dataDir string
	named   map[string]string // identities of archives whose URL gives none, by origin
}

// New makes a client; nothing is opened before its first call.
func New(o Options) (*Client, error) {
	c := &Client{
		transport: transport.NewClient(transport.Options{
			HTTP: o.HTTP, IdlePerHost: maxConcurrency, UserAgent: o.UserAgent, Log: o.Log,
			MaxRate: o.MaxRate, MaxRequests: o.MaxRequests, WrapError: connectionError,
		}),
		readOnly: o.ReadOnly, log: cmp.Or(o.Log, slog.New(slog.DiscardHandler)),
		questions: transport.ForQuestions(), transfers: transport.ForTransfers(), ranges: defaultRanges(), budget: o.QueryBudget, now: o.Now,
	}
	if c.now == nil {
		c.now = time.Now
	}
	if err := c.SetURL(cmp.Or(o.URL, DefaultURL)); err != nil { // a credential is bound to it
		return nil, err
	}
	if err := cmp.Or(c.SetAPIKey(o.APIKey), c.SetAccessToken(o.AccessToken), c.SetDataDir(cmp.Or(o.DataDir, "data"))); err != nil {
		return nil, err
	}
	return c, nil
}

// URL is the base URL of the API, without a user or password.
func (c *Client) URL() string { return c.transport.Base() }

// SetURL changes the archive. A credential stays with the origin it was given
// for: at another one the client is anonymous until it is given one for there.
func (c *Client) SetURL(text string) error {
	base, err := parseBaseURL(text)
	if err != nil {
		return err
	}
	c.transport.SetBase(base)
	return nil
}

// Archive is the identity of the archive in verification records: scheme, host and port
// of its URL, or the name that NameArchive gave it.
func (c *Client) Archive() string {
	origin := c.transport.Origin()
	name, _ := c.name(origin)
	return cmp.Or(name, origin)
}

// NameArchive gives the archive at a URL an identity of its own, since its address says
// nothing: the port of a sample archive is another each time. Nothing is downloaded from
// it to a data directory that holds files of other archives.
func (c *Client) NameArchive(url, name string) error {
	base, err := parseBaseURL(url)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.named = map[string]string{transport.OriginOf(base): name}
	return nil
}

// name is the name that NameArchive gave the archive at an origin.
func (c *Client) name(origin string) (name string, named bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	name, named = c.named[origin]
	return name, named
}

// SetAPIKey sets the key for the origin of the present URL; empty removes it.
func (c *Client) SetAPIKey(key string) error { return asUsage("API key", c.transport.SetKey(key)) }

// SetAccessToken sets the token for the origin of the present URL; empty removes it.
func (c *Client) SetAccessToken(token string) error {
	return asUsage("access token", c.transport.SetToken(token))
}

func asUsage(what string, err error) error {
	if err == nil {
		return nil
	}
	return usagef("%s: %v", what, err)
}

// HasAPIKey reports whether a key is set, whatever origin it is for.
func (c *Client) HasAPIKey() bool { return c.transport.HasKey() }

// HasAccessToken reports whether a token is set, whatever origin it is for.
func (c *Client) HasAccessToken() bool { return c.transport.HasToken() }

// HoldsCredential reports whether a text is the key or the token, or holds one that is too
// long to stand there by chance.
func (c *Client) HoldsCredential(text string) bool { return c.transport.Holds(text) }

// Caller is who asks at the present URL: "anonymous", "API key" or "access token".
func (c *Client) Caller() string { return string(c.transport.Caller()) }

func parseBaseURL(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	switch {
	case err != nil:
		return nil, usagef("not a URL: it must look like %s", DefaultURL) // err would repeat a password
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return nil, usagef("URL %q: it must start with http:// or https:// and name a host, such as %s", u.Redacted(), DefaultURL)
	case u.User != nil:
		return nil, withReason(CredentialInURL, usagef("URL of %s: it must not hold a user or password", u.Host))
	case u.RawQuery != "" || u.Fragment != "":
		return nil, usagef("URL of %s: it must not have a query or a fragment", u.Host)
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return nil, usagef("URL of %s: the port must be from 1 to 65535", u.Host)
		}
	}
	u.Path = strings.TrimRight(u.Path, "/")
	u.RawPath = ""
	return u, nil
}

// Day is the day that a relative date means by the client's clock. Any other date is itself.
func (c *Client) Day(d Date) (Date, error) { return d.On(c.now()) }

// Now is the time by the client's clock, which relative dates count from.
func (c *Client) Now() time.Time { return c.now() }

// DataDir is the absolute path of the directory that holds downloaded files in
// the archive's own layout.
func (c *Client) DataDir() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dataDir
}

// SetDataDir changes where files lie; the directory is made when it is needed.
func (c *Client) SetDataDir(dir string) error {
	if dir == "" {
		return usagef("data directory: it must not be empty")
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	switch info, err := os.Stat(absolute); {
	case err == nil && !info.IsDir():
		return usagef("data directory %s: it is a file, not a directory", absolute)
	case errors.Is(err, fs.ErrNotExist):
		parent := filepath.Dir(absolute)
		if _, err := os.Stat(parent); errors.Is(err, fs.ErrNotExist) {
			return usagef("data directory %s: there is no directory %s to make it in: correct the name, or make that directory", absolute, parent)
		}
	}
	looked := datadir.New(absolute)
	defer looked.Close()
	if err := c.refuseForeign(looked); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dataDir = absolute
	return nil
}

// LocalPath is where a file of the archive lies, or would lie, on this machine.
func (c *Client) LocalPath(archivePath string) string {
	return localPath(c.DataDir(), archivePath)
}

func localPath(dataDir, archivePath string) string {
	return filepath.Join(dataDir, filepath.FromSlash(archivePath))
}

// refuseForeign keeps the files of a named archive, which may have the names of real
// ones, out of a data directory that holds another archive's.
func (c *Client) refuseForeign(dir *datadir.Dir) error {
	name, named := c.name(c.transport.Origin())
	if !named {
		return nil
	}
	found, err := dir.Foreign(name)
	if err == nil && found != "" {
		err = usagef("data directory %s: it holds %s; the %s archive needs a directory of its own, since its files would take the place of real ones", dir.Path(), found, name)
	}
	return err
}
