package api

import (
	"strings"
	"testing"
)

// TestReference writes each kind of declaration on the page.
func TestReference(t *testing.T) {
	a := house()
	a.Classes[0].New = Define("Room", "A room.", visitRoom, Example("new Room('hall')"))
	page := a.Reference()
	for _, part := range []string{
		"# API reference\n", "## Functions\n", "### `visit(room, [function], {…})`\n\nVisits a room.\n",
		"| parameter | what it is |\n|---|---|\n| `room` | its name |\n", "| `shade` | how it looks: `dark`, `light` |\n",
		"```js\nvisit('hall')\n```\n", "## Classes\n", "### `new Room(name)`\n", "| `floor_area` | m² |\n",
		"| `.paint(walls, {…})` | Paints it. |\n| `Room.named(name)` | Finds one. |\n", "Options of `paint`:\n",
		"| `dark` | those without a window |\n", "## Values\n", "### `settings`\n", "| `HEAT` | degrees |\n", "| `guests` | who is here |\n",
		"## Errors\n", "### `HouseError` extends `Error`\n", "### `DoorError` extends `HouseError`\n",
	} {
		if !strings.Contains(page, part) {
			t.Errorf("the page lacks %q", part)
		}
	}
	if t.Failed() {
		t.Log(page)
	}
	if strings.Contains((&API{}).Reference(), "##") {
		t.Error("sections of nothing")
	}
}
