package runtime_test

import (
	"context"
	"fmt"
	"os"

	"imapsh/runtime"
	"imapsh/runtime/api"
)

// A function that greets, declared and called.
func Example() {
	type greeting struct {
		Name  string `arg:"name" doc:"whom to greet"`
		Times int    `name:"times" doc:"how often (1)"`
	}
	greet := api.Define("greet", "Greets somebody.", func(_ context.Context, in greeting) ([]string, error) {
		lines := []string{}
		for range max(in.Times, 1) {
			lines = append(lines, "Hello, "+in.Name)
		}
		return lines, nil
	}, api.Example("greet('world')"))

	session, err := runtime.New(runtime.Options{API: &api.API{Funcs: []*api.Func{greet}}, Stdout: os.Stdout})
	if err != nil {
		fmt.Println(err)
		return
	}
	value, err := session.Eval(context.Background(), "example", "greet('world', {times: 2})")
	fmt.Println(session.Format(value), err)
	_, err = session.Eval(context.Background(), "example", "greet('world', {time: 2})")
	fmt.Println(err)
	// Output:
	// [ 'Hello, world', 'Hello, world' ] <nil>
	// Error: greet: unknown option "time"; did you mean "times"?
}
