//go:build tools

// Pins the module that dolt is built from.
package dolt

import _ "github.com/dolthub/dolt/go/cmd/dolt"
