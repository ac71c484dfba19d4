//go:build tools

// Pins the module that kwok is built from.
package kwok

import _ "sigs.k8s.io/kwok/cmd/kwok"
