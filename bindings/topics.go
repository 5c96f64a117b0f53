package bindings

import "imapsh/runtime/api"

var credentials = api.Topic{
	Name: "credentials",
	Doc:  "how to give the key of the archive",
	Text: `Without a credential the archive shows released files only.

  IMAP_API_KEY       the key, in the environment; no process list shows it
  IMAP_API_KEY_FILE  a file that holds the key and that its owner alone may access
  IMAP_ACCESS_TOKEN  a token, in the environment
  config.API_KEY     sets the key of this session; reads as <set>
  config.ACCESS_TOKEN  sets its token; reads as <set>

A credential of the environment is for the archive that the environment or the flags
name. The history keeps no line that looks as if it held a key.
`,
}
