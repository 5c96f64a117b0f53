package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"

	"imapsh/runtime/home"
)

// maxKeyFile is how long a file that holds a key may be, in bytes.
const maxKeyFile = 4 << 10

// apiKey is the key that flags and environment give. Without a key it is empty. A flag
// wins over the environment, and a key over the file of one.
func (c *cli) apiKey() (string, error) {
	if c.flags.apiKey != "" && c.flags.apiKeyFile != "" {
		return "", usageError{errors.New("--api-key and --api-key-file both give the key: give one of them")}
	}
	if c.flags.apiKey != "" || c.flags.apiKeyFile == "" && (c.flags.demo || c.env("IMAP_API_KEY") != "") {
		return cmp.Or(c.flags.apiKey, c.env("IMAP_API_KEY")), nil
	}
	path := c.keyFile()
	if path == "" {
		return "", nil
	}
	key, err := readKey(path)
	if err != nil {
		return "", usageError{fmt.Errorf("API key: %w", err)}
	}
	return key, nil
}

// keyFile is the file that flags and environment name for the key; empty: none.
func (c *cli) keyFile() string {
	return home.Expand(cmp.Or(c.flags.apiKeyFile, c.env("IMAP_API_KEY_FILE")))
}

// readKey reads a file that holds nothing but a key and is its owner's alone.
func readKey(path string) (string, error) {
	info, err := os.Stat(path) // a pipe would be waited for
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s: it is not a file", path)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return "", hintedError{fmt.Errorf("%s: others than its owner may use it (mode %04o)", path, info.Mode().Perm()),
			"chmod 600 " + path + "; in a container, give the secret mode 0400"}
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxKeyFile+1))
	key := strings.TrimSpace(string(text))
	switch {
	case err != nil:
		return "", fmt.Errorf("reading %s: %w", path, err)
	case len(text) > maxKeyFile:
		return "", fmt.Errorf("%s: it is longer than %d bytes, as no key is", path, maxKeyFile)
	case key == "":
		return "", fmt.Errorf("%s: it is empty", path)
	}
	return key, nil
}
