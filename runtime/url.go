package runtime

import (
	_ "embed"
	"strings"

	"github.com/dop251/goja"
	"github.com/nlnwa/whatwg-url/url"

	"imapsh/runtime/api"
)

//go:embed url.js
var urlSource string

// urlObject is what url.js has of Go: URLs as parts and back.
func (s *Session) urlObject() *goja.Object {
	object := s.vm.NewObject()
	s.hide(object, "parse", s.native("parse", func(_ goja.Value, args []goja.Value) (any, error) {
		var parsed *url.Url
		var err error
		if base, ok := stringOf(arg(args, 1)); ok {
			parsed, err = url.ParseRef(base, stringArg(args, 0))
		} else {
			parsed, err = url.Parse(stringArg(args, 0))
		}
		return urlParts(parsed, err), nil
	}))
	s.hide(object, "set", s.native("set", func(_ goja.Value, args []goja.Value) (any, error) {
		parsed, err := url.Parse(stringArg(args, 0))
		if err != nil {
			return nil, nil
		}
		setters := map[string]func(string){
			"protocol": parsed.SetProtocol, "username": parsed.SetUsername, "password": parsed.SetPassword, "host": parsed.SetHost,
			"hostname": parsed.SetHostname, "port": parsed.SetPort, "pathname": parsed.SetPathname, "search": parsed.SetSearch, "hash": parsed.SetHash,
		}
		setters[stringArg(args, 1)](stringArg(args, 2))
		return urlParts(parsed, nil), nil
	}))
	return object
}

// urlParts are the parts of a URL as scripts see them; nil for one that is none.
func urlParts(u *url.Url, err error) any {
	if err != nil {
		return nil
	}
	origin := "null"
	switch strings.TrimSuffix(u.Protocol(), ":") {
	case "http", "https", "ws", "wss", "ftp":
		origin = u.Protocol() + "//" + u.Host()
	}
	return []api.Property{
		{Name: "href", Value: u.Href(false)}, {Name: "origin", Value: origin}, {Name: "protocol", Value: u.Protocol()},
		{Name: "username", Value: u.Username()}, {Name: "password", Value: u.Password()}, {Name: "host", Value: u.Host()},
		{Name: "hostname", Value: u.Hostname()}, {Name: "port", Value: u.Port()}, {Name: "pathname", Value: u.Pathname()},
		{Name: "search", Value: u.Search()}, {Name: "hash", Value: u.Hash()},
	}
}
