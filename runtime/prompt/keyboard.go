package prompt

import "imapsh/runtime/api"

// AddHelp adds to an API what help says of the prompt: its names and its keys.
func AddHelp(a *api.API) {
	a.Remarks = append(a.Remarks,
		api.Prop{Name: "_", Doc: "the last result, at the prompt"},
		api.Prop{Name: "_error", Doc: "the last error, at the prompt"},
		api.Prop{Name: "it", Doc: "shows the next page of the last result, at the prompt"},
	)
	a.Topics = append(a.Topics, keyboard)
}

// keyboard lists the keys of the editor.
var keyboard = api.Topic{Name: "keyboard", Doc: "the keys of the prompt", Text: `  Enter            runs the statement, or begins its next line
  Alt-Enter        begins a new line
  Tab              completes the word
  ← →  ^B ^F       moves by a character; → at the end takes the dim suggestion
  Alt-B Alt-F      moves by a word
  Home End  ^A ^E  moves to the start or the end of the line
  ↑ ↓  ^P ^N       moves by a line, or through the history
  ^R ^S            searches the history, to older or to newer entries
  ^G               leaves a search
  Backspace ^H     deletes the character before the cursor
  ^W Alt-D         deletes the word before the cursor, or behind it
  ^U ^K            deletes to the start or to the end of the line
  ^Y               inserts what was deleted last
  ^T               swaps two characters
  ^L               clears the screen
  ^C               drops the line, or stops a call
  ^D               deletes the character at the cursor; or leaves the shell
  ^Z               suspends the shell
`}
