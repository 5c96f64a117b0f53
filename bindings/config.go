package bindings

import "imapsh/runtime"

// config is the shell's settings. A credential can be set and never read, so
// that no recipe can carry it away.
func (h Host) config() *runtime.Object {
	secret := func(isSet func() bool) func() any {
		return func() any {
			if isSet() {
				return "<set>"
			}
			return nil
		}
	}
	return &runtime.Object{
		Name: "config",
		Doc:  "The settings of this session.",
		Props: []runtime.Accessor{
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
