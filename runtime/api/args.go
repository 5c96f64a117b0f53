package api

import "context"

type argsKey struct{}

// WithArgs is a context of calls that come from a script with arguments.
func WithArgs(ctx context.Context, args []string) context.Context {
	return context.WithValue(ctx, argsKey{}, args)
}

// Args are the arguments of the script that a call comes from.
func Args(ctx context.Context) []string {
	args, _ := ctx.Value(argsKey{}).([]string)
	return args
}
