package bindings

import (
	"imapsh/runtime/api"
	"imapsh/sdc"
)

// config is the shell's settings. A credential can be set and never read, so
// that no recipe can carry it away.
func (h Host) config() *api.Object {
	secret := func(isSet func() bool) func() any {
		return func() any {
			if isSet() {
				return "<set>"
			}
			return nil
		}
	}
	return &api.Object{
		Name: "config",
		Doc:  "The settings of this session.",
		Props: []api.Accessor{
			{Name: "DATA_DIR", Doc: "where files lie on this machine (IMAP_DATA_DIR, --data-dir)",
				Get: func() any { return h.Client.DataDir() }, Set: h.setDataDir},
			{Name: "DATA_ACCESS_URL", Doc: "base URL of the archive (IMAP_DATA_ACCESS_URL, --url); a credential stays with the host it was given for",
				Get: func() any { return h.Client.URL() }, Set: h.setURL},
			{Name: "API_KEY", Doc: "key for the present URL (IMAP_API_KEY, --api-key); it reads as '<set>'",
				Get: secret(h.Client.HasAPIKey), Set: h.Client.SetAPIKey},
			{Name: "ACCESS_TOKEN", Doc: "token for the present URL (IMAP_ACCESS_TOKEN); it reads as '<set>'",
				Get: secret(h.Client.HasAccessToken), Set: h.Client.SetAccessToken},
		},
	}
}

func (h Host) setDataDir(dir string) error {
	if dir != "" {
		var err error
		if dir, err = h.Sandbox.CheckDataDir(dir); err != nil {
			return err
		}
	}
	return h.Client.SetDataDir(dir)
}

func (h Host) setURL(text string) error {
	if _, err := sdc.New(sdc.Options{URL: text}); err == nil && text != "" { // else the client says what is wrong
		if err := h.Sandbox.CheckURL(text); err != nil {
			return err
		}
	}
	return h.Client.SetURL(text)
}
