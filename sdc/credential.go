package sdc

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// credential is what a caller shows to the API, bound to the origin it was given for.
type credential struct {
	key, keyOrigin     string
	token, tokenOrigin string
}

// forOrigin gives the path prefix and the header that show the credential to an
// origin: nothing for any origin but the credential's own.
func (c credential) forOrigin(origin string) (prefix, header, value string) {
	switch {
	case c.key != "" && c.keyOrigin == origin:
		return "/api-key", "x-api-key", c.key
	case c.token != "" && c.tokenOrigin == origin:
		return "/authorized", "Authorization", "Bearer " + c.token
	}
	return "", "", ""
}

// origin is the scheme, host and port of a URL, the port always spelt out.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}

// SetAPIKey gives the key for the origin of the present URL; empty takes it away.
func (c *Client) SetAPIKey(key string) error {
	if err := checkSecret("API key", key); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.credential.key, c.credential.keyOrigin = key, origin(c.base)
	return nil
}

// SetAccessToken gives the token for the origin of the present URL; empty takes it away.
func (c *Client) SetAccessToken(token string) error {
	if err := checkSecret("access token", token); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.credential.token, c.credential.tokenOrigin = token, origin(c.base)
	return nil
}

// checkSecret refuses what cannot stand in a header, without repeating it.
func checkSecret(what, secret string) error {
	for i := range len(secret) {
		if secret[i] <= ' ' || secret[i] > '~' {
			return usagef("%s: it holds a space, a line break or another character that a key never has; was it copied whole?", what)
		}
	}
	return nil
}

// redacted takes the credentials, and signatures of URLs, out of a text that a
// server sent, since some repeat what they were asked; and cuts it then.
func (c *Client) redacted(text string) string {
	return oneLine(withoutSignatures(c.withoutCredentials(text)), mostDetail)
}

func (c *Client) withoutCredentials(text string) string {
	c.mu.Lock()
	secrets := []string{c.credential.key, c.credential.token}
	c.mu.Unlock()
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		quoted := strconv.Quote(secret)
		for _, form := range []string{secret, quoted[1 : len(quoted)-1], url.QueryEscape(secret), url.PathEscape(secret)} {
			if len(secret) >= minTelling {
				text = strings.ReplaceAll(text, form, "…")
			} else {
				text = withoutWord(text, form)
			}
		}
	}
	return text
}

// minTelling is the length of a credential, in characters, that stands nowhere by chance.
const minTelling = 8

// withoutWord takes a word out of a text, but not out of longer words and paths.
func withoutWord(text, word string) string {
	var out strings.Builder
	for from := 0; ; {
		at := strings.Index(text[from:], word)
		if at < 0 {
			return out.String() + text[from:]
		}
		at += from
		end := at + len(word)
		out.WriteString(text[from:at])
		if at > 0 && inWord(text[at-1]) || end < len(text) && inWord(text[end]) {
			out.WriteString(word)
		} else {
			out.WriteString("…")
		}
		from = end
	}
}

// inWord reports whether a byte belongs to a word or a path.
func inWord(b byte) bool {
	return b == '_' || b == '-' || b == '.' || b == '/' || b == '\\' || b >= 0x80 ||
		'0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}

func withoutSignatures(text string) string {
	return signatures.ReplaceAllString(text, "$1…")
}

// signatures are the parameters of signed URLs, of the store's older and newer
// kinds (the signature, whatever stands before that word) and of its content
// network.
var signatures = regexp.MustCompile(`(?i)((?:signature|x-amz-credential|x-amz-security-token|awsaccesskeyid|key-pair-id|policy)=)[^&\s"'<>]*`)

// HasAPIKey tells whether a key is set, whatever origin it is for.
func (c *Client) HasAPIKey() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.credential.key != ""
}

// HasAccessToken tells whether a token is set, whatever origin it is for.
func (c *Client) HasAccessToken() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.credential.token != ""
}

// HoldsCredential tells that a text is the key or the token, or holds one that is
// too long to stand there by chance.
func (c *Client) HoldsCredential(text string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, secret := range []string{c.credential.key, c.credential.token} {
		if secret != "" && (text == secret || len(secret) >= minTelling && strings.Contains(text, secret)) {
			return true
		}
	}
	return false
}

// Caller says who is asking at the present URL: "anonymous", "API key" or "access token".
func (c *Client) Caller() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, header, _ := c.credential.forOrigin(origin(c.base))
	switch header {
	case "x-api-key":
		return "API key"
	case "Authorization":
		return "access token"
	}
	return "anonymous"
}
