package module

import (
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// lacks names what of the language the engine does not have and esbuild can put other
// code in the place of.
var lacks = map[string]bool{
	"async-generator":                false,
	"decorators":                     false,
	"for-await":                      false,
	"hashbang":                       false,
	"regexp-match-indices":           false,
	"regexp-set-notation":            false,
	"using":                          false,
	"dynamic-import":                 true, // a bundle loads nothing: import() of it is a promise
	"top-level-await":                true, // of a bundle, which becomes an async function
	"from-base64":                    false,
	"import-defer":                   false,
	"import-meta":                    false,
	"import-source":                  false,
	"nested-rest-binding":            true,
	"typeof-exotic-object-is-object": true,
}

// noSettings stands for the tsconfig.json that esbuild would look for.
const noSettings = `{"compilerOptions":{"target":"ESNext","useDefineForClassFields":true}}`

// loaderOf is how esbuild reads a file.
func loaderOf(name string) api.Loader {
	switch path.Ext(name) {
	case ".ts":
		return api.LoaderTS
	case ".json":
		return api.LoaderJSON
	}
	return api.LoaderJS
}

// withoutHashbang makes a comment of the line that a system starts a script by, in the
// same columns.
func withoutHashbang(text string) string {
	if strings.HasPrefix(text, "#!") {
		return "//" + text[len("#!"):]
	}
	return text
}
