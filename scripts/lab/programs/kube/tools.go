//go:build tools

// Pins what kubectl is built from, beside this module's own program.
package main

import _ "k8s.io/kubernetes/cmd/kubectl"
