/** The Kubernetes that the lab builds; 1.35 refuses hosts with cgroup v1. */
export const kubernetesVersion = 'v1.34.4'

/** The node image that the lab makes: the public name, in a daemon of its own. */
export const builtNodeImage = `kindest/node:${kubernetesVersion}`

/** The node image published with the kind that `programs/kind` pins. */
export const publicNodeImage =
  'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a'

/** The kind cluster of the lab, and the docker container that is its only node. */
export const clusterName = 'kubectl-gc'
export const nodeName = `${clusterName}-control-plane`

/** Where the base of every image comes from. */
export const debianRelease = 'bookworm'
export const debianImage = `debian:${debianRelease}-slim`
