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

	"golang.org/x/time/rate"

	"imapsh/sdc/internal/transport"
)

// DefaultURL is the production API.
const DefaultURL = "https://api.imap-mission.com"

// Options say which archive a client talks to, as whom, and where its files lie.
type Options struct {
	URL         string       // base URL of the API; empty: DefaultURL
	APIKey      string       // sent to URL's origin and nowhere else; wins over AccessToken
	AccessToken string       // likewise
	DataDir     string       // where downloads go; empty: data under the working directory
	ReadOnly    bool         // refuse whatever changes the archive
	UserAgent   string       // empty: none is sent
	Log         *slog.Logger // told of each request, never of a credential; nil: nothing is
	HTTP        *http.Client // nil: a client with the limits of this package; its redirect policy is replaced
	MaxRate     int64        // bytes a second, of all transfers together; 0: no limit
	MaxRequests float64      // requests a second, to all servers together; 0: no limit
	QueryBudget QueryBudget  // of each query
}

// Client speaks to one archive.
type Client struct {
	http      *http.Client
	userAgent string
	readOnly  bool
	log       *slog.Logger
	asking    patience // for questions to the API
	moving    patience // for the transfer of a file
	ranges    rangeSizes
	paces     transport.Paces
	bytes     *rate.Limiter // nil: no limit
	requests  *rate.Limiter // likewise
	budget    QueryBudget

	mu         sync.Mutex // guards what the shell's config may change
	base       *url.URL
	credential credential
	dataDir    string
	clearText  map[string]bool   // origins of http that the warning about credentials named
	named      map[string]string // identities of archives that their URL does not tell, by origin
}

// New makes a client; nothing is opened before its first call.
func New(o Options) (*Client, error) {
	c := &Client{
		http: newHTTPClient(o.HTTP), userAgent: o.UserAgent, readOnly: o.ReadOnly, log: o.Log,
		asking: patienceForQuestions(), moving: patienceForTransfers(), ranges: usualRanges(),
		bytes: transport.ByteLimit(o.MaxRate), requests: transport.RequestLimit(o.MaxRequests), budget: o.QueryBudget,
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	if o.URL == "" {
		o.URL = DefaultURL
	}
	if err := c.SetURL(o.URL); err != nil {
		return nil, err
	}
	if err := c.SetAPIKey(o.APIKey); err != nil {
		return nil, err
	}
	if err := c.SetAccessToken(o.AccessToken); err != nil {
		return nil, err
	}
	if o.DataDir == "" {
		o.DataDir = "data"
	}
	if err := c.SetDataDir(o.DataDir); err != nil {
		return nil, err
	}
	return c, nil
}

// newHTTPClient never follows a redirect by itself: where one leads decides
// what may be sent along.
func newHTTPClient(given *http.Client) *http.Client {
	client := &http.Client{Transport: transport.New(maxConcurrency, os.Getenv)}
	if given != nil {
		*client = *given
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return client
}

// URL is the base URL of the API, without a user or password.
func (c *Client) URL() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.base.String()
}

// SetURL changes the archive. A credential stays with the origin it was given
// for: at another one the client is anonymous until it is given one for there.
func (c *Client) SetURL(text string) error {
	base, err := parseBaseURL(text)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.base = base
	return nil
}

// Archive is the identity of the archive in verification records: scheme, host and port
// of its URL, or the name that NameArchive gave it.
func (c *Client) Archive() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := origin(c.base)
	return cmp.Or(c.named[at], at)
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
	c.named = map[string]string{origin(base): name}
	return nil
}

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

// DataDir is the absolute path of the directory that holds downloaded files in
// the archive's own layout.
func (c *Client) DataDir() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.dataDir
}

// SetDataDir changes where files lie, which [AbsoluteDir] reads; the directory is made
// when it is needed.
func (c *Client) SetDataDir(dir string) error {
	if dir == "" {
		return usagef("data directory: it must not be empty")
	}
	absolute, err := AbsoluteDir(dir)
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
	looked := newDataDir(absolute)
	defer looked.close()
	if err := c.refuseForeign(looked); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dataDir = absolute
	return nil
}

// AbsoluteDir is the absolute path of a directory. A ~ before the first slash is the
// user's home, as it is where a shell has not read it.
func AbsoluteDir(dir string) (string, error) {
	if home, err := os.UserHomeDir(); err == nil && (dir == "~" || strings.HasPrefix(dir, "~/")) {
		dir = filepath.Join(home, dir[1:])
	}
	return filepath.Abs(dir)
}

// LocalPath is where a file of the archive lies, or would lie, on this machine.
func (c *Client) LocalPath(archivePath string) string {
	return localPath(c.DataDir(), archivePath)
}

func localPath(dataDir, archivePath string) string {
	return filepath.Join(dataDir, filepath.FromSlash(archivePath))
}
