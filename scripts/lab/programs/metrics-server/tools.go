//go:build tools

// Pins the module that metrics-server is built from.
package metricsserver

import _ "sigs.k8s.io/metrics-server/cmd/metrics-server"
