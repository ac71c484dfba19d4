//go:build tools

// Pins the module that local-path-provisioner is built from.
package localpathprovisioner

import _ "github.com/rancher/local-path-provisioner"
