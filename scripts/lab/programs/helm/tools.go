//go:build tools

// Pins the module that helm is built from.
package helm

import _ "helm.sh/helm/v3/cmd/helm"
