package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"imapsh/runtime/api"
	"imapsh/runtime/markdown"
)

// helpCommand explains a command; one that there is not is a usage error.
func (c *cli) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command or topic | api [name]]",
		Short: "Explains a command, a topic or a name of the API; help licenses prints those of the modules",
		Long:  "Explains a command, a topic or, behind api, a name of the API.\n\n" + topicList(),
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			switch {
			case len(args) == 1 && args[0] == "api":
				return apiNames(), cobra.ShellCompDirectiveNoFileComp
			case len(args) > 0:
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return helpWords(cmd), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if slices.Equal(args, []string{"licenses"}) {
				_, err := io.WriteString(cmd.OutOrStdout(), notices)
				return err
			}
			for _, topic := range helpTopics() {
				if slices.Equal(args, []string{topic.Name}) {
					_, err := io.WriteString(cmd.OutOrStdout(), markdown.Render(topic.Text, markdown.Style{Width: c.width(), Color: c.color(c.stdout)}))
					return err
				}
			}
			if len(args) > 0 && args[0] == "api" {
				text, err := apiHelp(args[1:])
				if err != nil {
					return err
				}
				_, err = io.WriteString(cmd.OutOrStdout(), text)
				return err
			}
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				word := strings.Join(args, " ")
				return usageError{fmt.Errorf("help: no command or topic %q%s", word, api.Suggest(word, helpWords(cmd)))}
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			return about.Help()
		},
	}
}

// helpWords are the commands and topics that help explains, and licenses.
func helpWords(cmd *cobra.Command) []string {
	words := append(commandNames(cmd), "api", "licenses")
	for _, topic := range helpTopics() {
		words = append(words, topic.Name)
	}
	return words
}

// topicList has a line for each topic.
func topicList() string {
	var out strings.Builder
	out.WriteString("Topics:\n")
	for _, topic := range helpTopics() {
		fmt.Fprintf(&out, "  %-16s %s\n", topic.Name, topic.Doc)
	}
	return out.String()
}

// checkedWriter keeps the first error of writing to a stream: what prints help, the
// version and completion does not look at it.
type checkedWriter struct {
	io.Writer
	err error
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err != nil && w.err == nil {
		w.err = err
	}
	return n, err
}
