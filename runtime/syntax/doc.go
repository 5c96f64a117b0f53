// Package syntax answers what a JavaScript prompt and a script runner ask about
// source text before it runs: is the statement finished, how does it run at the
// top level of a session, where is the error. It works on text alone, for the
// dialect of goja, and is safe for concurrent use.
package syntax
