//go:build tools

// Pins the module that etcd is built from.
package etcd

import _ "go.etcd.io/etcd/server/v3"
