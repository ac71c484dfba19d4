//go:build tools

// Pins the module that helm4 is built from.
package helm4

import _ "helm.sh/helm/v4/cmd/helm"
