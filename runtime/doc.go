// Package runtime is a JavaScript session for any API: it runs scripts and
// statements on goja, declares an API once for functions, help, completion and
// flags, prints values, explains errors, and reads a prompt.
//
// An API is a table of declarations; a Session offers it to scripts. See the example.
package runtime
