package runtime

import (
	"imapsh/runtime/api"

	"github.com/dop251/goja"
)

// buildObject makes a global of accessors. To read or set what it has not is an error,
// so that a mistyped setting is noticed; either spelling of what it has will do.
func (s *Session) buildObject(o *api.Object) {
	object := s.vm.NewObject()
	for _, prop := range o.Props {
		getter := s.native(prop.Name, func(goja.Value, []goja.Value) (any, error) { return prop.Get(), nil })
		setter := s.native(prop.Name, func(_ goja.Value, args []goja.Value) (any, error) {
			text, ok := "", len(args) > 0
			if ok {
				if text, ok = api.StringOf(s.plain(args[0])); goja.IsNull(args[0]) { // as one that is not set reads
					text, ok = "", true
				}
			}
			switch {
			case prop.Set == nil:
				return nil, api.Usagef("%s.%s: it cannot be set", o.Name, prop.Name)
			case !ok:
				return nil, api.Usagef("%s.%s: must be a string", o.Name, prop.Name)
			}
			return api.None{}, prop.Set(text)
		})
		_ = object.DefineAccessorProperty(prop.Name, getter, setter, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	unknown := func(property string) {
		names := make([]string, len(o.Props))
		for i, prop := range o.Props {
			names[i] = prop.Name
		}
		s.throw(api.Usagef("%s: no setting %q%s", o.Name, property, api.SuggestFrom("settings", property, names)))
	}
	proxy := s.vm.ToValue(s.vm.NewProxy(object, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, _ goja.Value) goja.Value {
			if prop, ok := o.Prop(property); ok {
				return target.Get(prop.Name)
			}
			value := target.Get(property)                                   // every object has a constructor, toString and the like
			if value == nil && property != "then" && property != "toJSON" { // await and JSON ask for those
				unknown(property)
			}
			return value
		},
		Has: func(target *goja.Object, property string) bool {
			_, ok := o.Prop(property)
			return ok || target.Get(property) != nil
		},
		Set: func(target *goja.Object, property string, value, receiver goja.Value) bool {
			prop, ok := o.Prop(property)
			if !ok {
				unknown(property)
			}
			if err := target.Set(prop.Name, value); err != nil {
				s.throw(err)
			}
			return true
		},
		DefineProperty: func(_ *goja.Object, property string, _ goja.PropertyDescriptor) bool {
			s.throw(api.Usagef("%s.%s: a setting cannot be defined anew; assign to it", o.Name, property))
			return false
		},
		DeleteProperty: func(_ *goja.Object, property string) bool {
			s.throw(api.Usagef("%s.%s: a setting cannot be deleted; assign '' to it", o.Name, property))
			return false
		},
		SetPrototypeOf: func(*goja.Object, *goja.Object) bool { return false },
	})).ToObject(s.vm)
	s.documented[proxy] = o
	s.hide(s.vm.GlobalObject(), o.Name, proxy)
}
