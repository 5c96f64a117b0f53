package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
)

// The files that editors read beside recipes.
const (
	typesFile  = "imapsh.d.ts"
	configFile = "jsconfig.json"
)

// typesHeader says what made the declarations.
const typesHeader = "// What recipes of imapsh may use, for editors and compilers: written by imapsh types.\n\n"

// editorConfig is the configuration of a directory of recipes for editors and tsc. Each
// recipe is a module of its own, as it is when it runs.
const editorConfig = `{
  "compilerOptions": {
    "checkJs": true,
    "lib": ["ES2023"],
    "module": "ESNext",
    "moduleDetection": "force",
    "moduleResolution": "Bundler",
    "noEmit": true,
    "strict": false,
    "target": "ES2023",
    "types": []
  },
  "include": ["imapsh.d.ts", "**/*.js", "**/*.ts"],
  "exclude": ["**/*.test.js", "**/*.test.ts"]
}
`

// typesCommand declares for editors what recipes may use.
func (c *cli) typesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "types [DIRECTORY]",
		Short: "Prints the TypeScript declarations of what recipes may use",
		Long: `Prints the TypeScript declarations of what recipes may use. With a directory it writes
them there as imapsh.d.ts, and jsconfig.json beside them where there is none, so that
editors complete and check the recipes below it.`,
		Example: "  imapsh types\n  imapsh types scripts",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			session, err := everything()
			if err != nil {
				return err
			}
			text := typesHeader + session.API().TypeScript()
			if len(args) == 0 {
				_, err := fmt.Fprint(cmd.OutOrStdout(), text)
				return err
			}
			return writeTypes(cmd, args[0], text)
		},
	}
}

func writeTypes(cmd *cobra.Command, dir, text string) error {
	types, config := filepath.Join(dir, typesFile), filepath.Join(dir, configFile)
	if err := os.WriteFile(types, []byte(text), 0o666); err != nil {
		return usageError{fmt.Errorf("types: %w", err)}
	}
	fmt.Fprintln(cmd.OutOrStdout(), types)
	file, err := os.OpenFile(config, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if os.IsExist(err) { // somebody's own
		return nil
	}
	if err == nil {
		_, err = file.WriteString(editorConfig)
		if closing := file.Close(); err == nil {
			err = closing
		}
	}
	if err != nil {
		return usageError{fmt.Errorf("types: %w", err)}
	}
	fmt.Fprintln(cmd.OutOrStdout(), config)
	return nil
}

// runNothing stands for the function that runs recipes, so that run is declared.
func runNothing(context.Context, string, []string) (any, error) { return nil, nil }
