package recipes

import (
	"path/filepath"
	"strings"

	"imapsh/runtime/api"
)

// New gives the path and the text of a recipe that somebody starts.
func New(name string) (path, text string, err error) {
	base := filepath.Base(name)
	switch {
	case filepath.Ext(name) == "":
		name += ".js"
	case !IsRecipe(base):
		return "", "", api.Usagef("recipes new: %q: a recipe's name ends in %s", name, strings.Join(Endings, ", "))
	}
	if !IsRecipe(filepath.Base(name)) {
		return "", "", api.Usagef("recipes new: %q is no name of a recipe", name)
	}
	return name, template, nil
}

const template = `// Counts the files of an instrument, day by day.
//
// This first comment is what imapsh recipes and --help show. Say what the recipe is for.
// A recipe that changes the archive says so here, in a line such as: // @allow upload

// The arguments, with what --help and the shell's completion need of them. Types are
// string, boolean, number, integer, date, instrument, data_level, descriptor and file.
const {values: {instrument, start}} = parseArgs({
  options: {
    instrument: {type: 'instrument', short: 'i', default: 'mag', description: 'which instrument'},
    start: {type: 'date', default: '-7d', description: 'first day'},
  },
});

// help('query') lists what a query takes; imapsh recipes check finds a wrong option.
const files = query({instrument, start_date: start, version: 'latest'});

for (const [day, ofDay] of Object.entries(files.groupBy('start_date'))) {
  print(day, ofDay.length);
}

// Exit codes: 0 all is well, 3 some files failed or something was found.
if (files.length === 0) exit(3);
`
