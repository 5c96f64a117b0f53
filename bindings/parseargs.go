package bindings

import (
	"context"

	"imapsh/bindings/recipes/parseargs"
	"imapsh/runtime/api"
)

type parseArgsInput struct {
	Config api.JSON `arg:"config?" doc:"{options, allowPositionals, strict}; an option has type, short, multiple, default, choices, required, description"`
}

// parseArgs declares the function of Node's name and shape.
func (h Host) parseArgs() *api.Func {
	return api.Define("parseArgs", "Reads the recipe's arguments as util.parseArgs of Node does; gives {values, positionals}. Types besides string and boolean: number, integer, date, instrument, data_level, descriptor, file.",
		func(ctx context.Context, in parseArgsInput) ([]api.Property, error) {
			var declared any
			var err error
			if in.Config != "" {
				if declared, err = parseargs.FromJSON(string(in.Config)); err != nil {
					return nil, api.Usagef("parseArgs: the argument is no data: %v", err)
				}
			}
			config, err := parseargs.NewConfig(declared)
			if err != nil {
				return nil, err
			}
			args := config.Args
			if args == nil {
				args = api.Args(ctx)
			}
			result, err := config.Parse(args, h.Client.Now())
			if err != nil {
				return nil, err
			}
			values := make([]api.Property, len(result.Values))
			for i, value := range result.Values {
				values[i] = api.Property{Name: value.Name, Value: value.Value}
			}
			return []api.Property{{Name: "values", Value: values}, {Name: "positionals", Value: result.Positionals}}, nil
		},
		api.Example("parseArgs({options: {days: {type: 'integer', short: 'n', default: 7, description: 'how many'}}, allowPositionals: true}).values.days"),
	)
}
