// Package api holds what a session offers: functions, classes, settings, error classes
// and topics of help, each declared once. It knows no JavaScript engine: a session binds
// the declarations, and help texts, completion and flags are made of them.
//
// What a reader sees of an API is a function over it: help.go has the texts of help,
// complete.go the candidates of completion, param.go the flags. What is to come, such as
// TypeScript declarations or a reference, stands beside them.
package api
