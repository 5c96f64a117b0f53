// Package transport is how the client speaks to servers: requests (client.go), the
// credentials that they carry and the origins these are bound to (credential.go), errors
// (error.go), when a request is made again (retry.go), how fast each origin is asked
// (pace.go, limits.go), how a stalled transfer is found out (watchdog.go), and the proxies
// and certificates of the environment (proxy.go, certificates.go).
package transport
