package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"imapsh/bindings"
	"imapsh/bindings/present"
	"imapsh/bindings/sandbox"
	"imapsh/runtime/api"
	"imapsh/runtime/termtext"
	"imapsh/sdc"
)

// functionCommands are the commands that the declarations of the shell's functions make:
// their text, flags, completion and examples are the functions'.
func (c *cli) functionCommands(functions []*api.Func) []*cobra.Command {
	commands := make([]*cobra.Command, len(functions))
	for i, f := range functions {
		commands[i] = c.functionCommand(f)
	}
	return commands
}

// listsNames is said of each command that takes names.
const listsNames = `A name that is - stands for the lines of standard input, @FILE for those of a file;
blank lines and those that begin with # are left out.`

func (c *cli) functionCommand(f *api.Func) *cobra.Command {
	takesNames := len(f.Params) > 0
	cmd := &cobra.Command{
		Use:   strings.TrimSpace(f.Name + " " + f.Command.Args),
		Short: f.CommandDoc(),
		Args:  noArguments,
	}
	cmd.Long = cmd.Short + "."
	if f.Command.Doc != "" {
		cmd.Long += "\n" + f.Command.Doc
	}
	if takesNames {
		cmd.Args, cmd.Long = someFiles, cmd.Long+"\n\n"+listsNames
	}
	if examples := f.CommandExamples("imapsh"); len(examples) > 0 {
		cmd.Example = "  " + strings.Join(examples, "\n  ")
	}
	readOptions := optionFlags(cmd, f.Flags())
	readAnswer := func() (map[string]any, error) { return nil, nil }
	if findsFiles(f) {
		readAnswer = optionFlags(cmd, api.OptionsOf[answerOptions]())
	}
	cmd.RunE = func(cmd *cobra.Command, names []string) error {
		options, err := readOptions()
		if err != nil {
			return err
		}
		var answer answerOptions
		given, err := readAnswer()
		if err == nil {
			err = asUsage(api.Decode(f.Name, &answer, given))
		}
		if err == nil {
			err = answer.check(f.Name)
		}
		if err == nil {
			err = asUsage(f.Check(callArgs(takesNames, names, options)...))
		}
		if err != nil {
			return err
		}
		if takesNames {
			if names, err = c.namesOf(cmd.Context(), f.Name, names); err != nil {
				return err
			}
		}
		if err := c.connect(cmd.Context()); err != nil {
			return err
		}
		return c.runFunction(cmd.Context(), f, answer, names, options)
	}
	return cmd
}

// callArgs are a command's names and options as a function is given them.
func callArgs(takesNames bool, names []string, options map[string]any) []api.Value {
	var args []api.Value
	if takesNames {
		list := make([]any, len(names))
		for i, name := range names {
			list[i] = name
		}
		args = append(args, api.Of(list))
	}
	return append(args, api.Of(options))
}

// runFunction calls a function of the shell and prints what it gives.
func (c *cli) runFunction(ctx context.Context, declared *api.Func, answer answerOptions, names []string, options map[string]any) error {
	verb := declared.Name
	functions := bindings.New(c.host(sandbox.Policy{Trusted: true}))
	began := time.Now()
	result, err := functions.Func(verb).Call(ctx, nil, callArgs(len(declared.Params) > 0, names, options)...)
	if files, found := result.(bindings.FileList); found && err == nil {
		records := sdc.Records(files)
		if !answer.Download {
			return answer.print(c, records, queryOf(options))
		}
		if len(records) == 0 && !c.flags.json {
			return c.printLine(present.Found(records, queryOf(options).TableAsked()))
		}
		verb, options, began = "download", map[string]any{}, time.Now()
		result, err = functions.Func(verb).Call(ctx, nil, api.Of(files), api.Of(options))
	}
	if report, transferred := result.(bindings.Report); transferred {
		return c.printReport(verb, report.Plain(), err, options["dry_run"] == true, time.Since(began))
	}
	if err != nil {
		return asUsage(err)
	}
	return c.printValue(result)
}

// printValue prints what a function gives that is neither files nor a report.
func (c *cli) printValue(result any) error {
	switch v := result.(type) {
	case api.None:
		return nil
	case api.JSON:
		return c.printLine(string(v))
	case string:
		if !c.flags.json {
			return c.printLine(termtext.Escape(v))
		}
	}
	return writeJSON(c.stdout, result)
}

func (c *cli) printLine(line string) error {
	_, err := fmt.Fprintln(c.stdout, line)
	return err
}

// findsFiles reports whether a function gives a list of files.
func findsFiles(f *api.Func) bool { return f.Result == reflect.TypeFor[bindings.FileList]() }

// answerOptions say what a command does with the files that its function finds.
type answerOptions struct {
	OutputFormat present.Format `name:"output_format" doc:"how to print the answer (default table)"`
	Download     bool           `name:"download" doc:"fetch the files that are found"`
}

func (o answerOptions) check(command string) error {
	if o.Download && o.OutputFormat != "" {
		return usageError{fmt.Errorf("%s: --download prints where the files are: give it or --output-format, not both", command)}
	}
	return nil
}

func (o answerOptions) print(c *cli, records sdc.Records, q sdc.Query) error {
	if o.OutputFormat == "" && c.flags.json {
		o.OutputFormat = present.FormatJSON
	}
	return present.Records(forScreen(c.stdout, o.OutputFormat.Escape()), records, q, o.OutputFormat, c.width())
}

// queryOf is the query that options say, for what is printed of it.
func queryOf(options map[string]any) (q sdc.Query) {
	_ = api.Decode("query", &q, options)
	return q
}
