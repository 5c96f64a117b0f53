package runtime

import (
	_ "embed"
	"errors"
	"fmt"
	"math/big"

	"github.com/dop251/goja"
)

//go:embed bigint.js
var bigintSource string

// boundBigInts puts in place what [syntax.Program] has compiled code call.
func (s *Session) boundBigInts() error {
	made, err := s.vm.RunScript("<imapsh>", bigintSource)
	if err != nil {
		return fmt.Errorf("bigint: %w", err)
	}
	install, ok := goja.AssertFunction(made)
	if !ok {
		return errors.New("bigint: it is no function")
	}
	bits := s.native("bits", func(_ goja.Value, args []goja.Value) (any, error) {
		if n, ok := args[0].Export().(*big.Int); ok && n.CmpAbs(big.NewInt(1)) > 0 { // powers of 0, 1 and -1 are small
			return n.BitLen(), nil
		}
		return 0, nil
	})
	global := s.vm.GlobalObject()
	_, err = install(goja.Undefined(), bits, global, global.Get("Object"))
	return err
}
