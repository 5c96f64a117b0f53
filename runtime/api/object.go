package api

// Object is a global whose properties are read and set by functions.
type Object struct {
	Name, Doc string
	Props     []Accessor
}

// Prop finds a property under either spelling of its name.
func (o *Object) Prop(name string) (Accessor, bool) {
	for _, prop := range o.Props {
		if prop.Name == name || Snake(prop.Name) == Snake(name) {
			return prop, true
		}
	}
	return Accessor{}, false
}

// Accessor is a property that a pair of functions reads and sets.
type Accessor struct {
	Name, Doc string
	Get       func() any
	Set       func(text string) error // nil: it cannot be set
}
