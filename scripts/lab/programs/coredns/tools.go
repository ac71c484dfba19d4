//go:build tools

// Pins the module that coredns is built from.
package coredns

import _ "github.com/coredns/coredns"
