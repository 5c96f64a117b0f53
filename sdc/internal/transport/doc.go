// Package transport is how the client speaks to servers: how fast each of them is asked,
// through which proxy, and which certificates are trusted.
package transport
