package prompt

import "imapsh/runtime/api"

// AddHelp adds to an API what help says of the prompt's names.
func AddHelp(a *api.API) {
	a.Remarks = append(a.Remarks,
		api.Prop{Name: "_", Doc: "the last result, at the prompt"},
		api.Prop{Name: "_error", Doc: "the last error, at the prompt"},
		api.Prop{Name: "it", Doc: "shows the next page of the last result, at the prompt"},
	)
}
