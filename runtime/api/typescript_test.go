package api

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// room is what a class of the test holds.
type room struct{ name string }

func (room) Names() []string { return []string{"name", "floor_area"} }

func (r room) Get(name string) (any, bool) { return r.name, name == "name" }

type when string

func (*when) UnmarshalText([]byte) error { return nil }
func (when) Kinds() []string             { return []string{"string", "Date"} }

type rooms []room

type nameInput struct {
	Name string `arg:"name" doc:"its name"`
}

func visitRoom(context.Context, nameInput) (room, error) { return room{}, nil }

// house is an API with each kind of declaration.
func house() *API {
	type visit struct {
		Room  string   `arg:"room" doc:"its name"`
		Guide Callback `arg:"function?" doc:"says what is there"`
		Shade []shade  `name:"shade" doc:"how it looks"`
		Day   when     `name:"open_day" doc:"when"`
		Any   any      `name:"any" doc:"what you like */"`
	}
	type all struct {
		Names []string `arg:"names?..." doc:"names"`
		Body  JSON     `name:"body" doc:"anything"`
	}
	return &API{
		Funcs: []*Func{
			Define("visit", "Visits a room.", func(context.Context, visit) (room, error) { return room{}, nil }, Example("visit('hall')")),
			Define("count", "Counts.", func(context.Context, None) (int, error) { return 0, nil }),
			Define("open", "Opens.", func(context.Context, all) (any, error) { return nil, nil },
				Returns("(names: string[], OPTIONS): Rooms", "(name: string): Room")),
		},
		Classes: []*Class{
			NewClass("Room", "A room.", Describe[room](Prop{"name", "its name"}, Prop{"floor_area", "m²"}), MayHave[room]("door"),
				Typed[room](map[string]string{"floor_area": "number"}),
				Method("paint", "Paints it.", func(_ context.Context, r room, _ paintInput) (room, error) { return r, nil }),
				Static[room](Define("named", "Finds one.", visitRoom))),
			NewList("Rooms", "Rooms.", Getter("dark", "those without a window", func(r rooms) any { return r }), Typed[rooms](map[string]string{"dark": "Rooms"})),
		},
		Objects:     []*Object{{Name: "settings", Doc: "What is set.", Props: []Accessor{{Name: "HEAT", Doc: "degrees", Set: func(string) error { return nil }}, {Name: "KEY", Doc: "a secret"}}}},
		Errors:      []ErrorClass{{Name: "HouseError", Doc: "A fault.", Props: []Prop{{"room", "where"}}}, {Name: "DoorError", Parent: "HouseError"}},
		Remarks:     []Prop{{"guests", "who is here"}, {"it", "of the prompt"}},
		RemarkTypes: map[string]string{"guests": "string[]"},
		Aliases:     []Alias{{"Name", "A name.", "string | Room"}},
	}
}

const houseTypes = `/** A name. */
type Name = string | Room;
type Shade = 'dark' | 'light';

interface VisitOptions {
  /** how it looks */
  shade?: OneOrMore<Shade> | null;
  /** when */
  open_day?: string | Date | null;
  /** what you like *\/ */
  any?: any | null;
}
/**
 * Visits a room.
 * @param room its name
 * @param run says what is there
 * @example visit('hall')
 */
declare function visit(room: string, run?: (...args: any[]) => any, options?: Spellings<VisitOptions>): Room;

/** Counts. */
declare function count(): number;

interface OpenOptions {
  /** anything */
  body?: any | null;
}
/**
 * Opens.
 * @param names names
 */
declare function open(names: string[], options?: Spellings<OpenOptions>): Rooms;
declare function open(name: string): Room;

interface RoomFields {
  /** its name */
  readonly name: string;
  /** m² */
  readonly floor_area: number;
  readonly door?: any;
}
interface Room extends Spellings<RoomFields> {}
interface RoomPaintOptions {
  /** how it looks */
  shade?: Shade | null;
  /** hours */
  dry_time?: number | null;
  /** colours, or a list */
  colours?: OneOrMore<string> | null;
  /** paint again */
  twice?: boolean | null;
  /** for scripts */
  throw?: boolean | null;
}
/** A room. */
declare class Room {
  private constructor();
  /**
   * Paints it.
   * @param walls names of walls
   */
  paint(walls: OneOrMore<string>, options?: Spellings<RoomPaintOptions>): Room;
  /**
   * Finds one.
   * @param name its name
   */
  static named(name: string): Room;
}

/** Rooms. */
declare class Rooms extends Array<Room> {
  private constructor();
  /** those without a window */
  readonly dark: Rooms;
  filter<S extends Room>(test: (item: Room, index: number, list: Room[]) => item is S): S[];
  filter(test: (item: Room, index: number, list: Room[]) => unknown, thisArg?: any): Rooms;
  slice(start?: number, end?: number): Rooms;
  concat(...lists: (Room | ConcatArray<Room>)[]): Rooms;
}

/** What is set. */
declare const settings: {
  /** degrees */
  HEAT: string | null;
  /** a secret */
  readonly KEY: string | null;
};

/** who is here */
declare const guests: string[];

/** A fault. */
declare class HouseError extends Error {
  /** where */
  readonly room: any;
  /** what to do next, where there is something */
  readonly hint?: string;
}

declare class DoorError extends HouseError {
}

`

// TestTypeScript declares each kind of thing.
func TestTypeScript(t *testing.T) {
	got, ok := strings.CutPrefix(house().TypeScript(), spellings)
	if !ok {
		t.Error("the types of spellings are missing")
	}
	if diff := cmp.Diff(houseTypes, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
