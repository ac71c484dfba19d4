//go:build tools

// Pins the module that kind is built from.
package kind

import _ "sigs.k8s.io/kind"
