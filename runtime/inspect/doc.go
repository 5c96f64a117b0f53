// Package inspect writes JavaScript values for people, as node's util.inspect and
// IPython do. It only looks: it calls no getter, no proxy trap, no toString and
// nothing else of a script's own, and it never panics.
//
// How it reads without running anything: each call makes a runtime of its own
// (3 µs), whose built-in functions no script can have replaced, and applies its
// Object.getOwnPropertyDescriptor and the like to the objects of the session.
package inspect
