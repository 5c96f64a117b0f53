// Package runtime is a JavaScript session for any API: it binds the declarations of
// runtime/api to goja, runs scripts and statements, prints values, and says where an error
// comes from and what to do about it. It knows no terminal: runtime/prompt reads one.
//
// See the example.
package runtime
