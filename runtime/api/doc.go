// Package api holds what a session offers: functions, classes, settings, error classes
// and topics of help, each declared once. It knows no JavaScript engine: a session binds
// the declarations, and help texts, completion and flags are made of them.
package api
