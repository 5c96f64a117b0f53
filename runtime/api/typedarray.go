package api

// TypedArray is numbers in JavaScript: an array of a type, such as Float32Array, over
// bytes, which are in the machine's order and are not copied.
type TypedArray struct {
	Type  string // Int8Array … Float64Array, BigInt64Array
	Bytes []byte // a multiple of the type's size
}
