/** A city whose agents run as pods: what the in-cluster controller starts with, and an example for others. */
export const exampleCity = `# A city whose agents run as pods. Copy this file to your city's folder as city.toml.

[workspace]
name = "my-city"
# Every agent has a pod, and in it a copy of its work directory, to itself.
isolation = "none"

[session]
# A path works too. Where the sessions are is told by GC_K8S_* variables.
provider = "exec:gc-session-k8s"

# With the bundle's mail service:
# [mail]
# provider = "exec:gc-mail-mcp-agent-mail"
`
