// Package runtime is a JavaScript session for any API: it runs scripts and
// statements on goja, declares an API once for functions, help, completion and
// flags, prints values, explains errors, and reads a prompt.
//
// An API is a table of declarations; a Session offers it to scripts:
//
//	api := &runtime.API{Funcs: []*runtime.Func{
//		runtime.Define("query", "Find files.", client.Query),
//	}}
//	session, err := runtime.New(runtime.Options{API: api, Stdout: os.Stdout})
//	value, err := session.Eval(ctx, "query({instrument: 'mag'})")
package runtime
