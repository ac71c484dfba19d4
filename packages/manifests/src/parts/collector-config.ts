/** What applications send, with the attributes of their pods, to `OTLP_ENDPOINT`: TLS when its scheme is https. */
export const RECEIVED = `receivers:
  otlp:
    protocols:
      grpc:
        endpoint: 0.0.0.0:4317
processors:
  memory_limiter:
    check_interval: 1s
    limit_percentage: 80
    spike_limit_percentage: 25
  k8sattributes:
    filter:
      namespace: \${env:POD_NAMESPACE}
    extract:
      metadata: [k8s.pod.name, k8s.namespace.name, k8s.node.name]
  batch:
    timeout: 10s
exporters:
  otlp:
    endpoint: \${env:OTLP_ENDPOINT}
    tls:
      insecure: true
service:
  pipelines:
    traces:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [otlp]
    metrics:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [otlp]
    logs:
      receivers: [otlp]
      processors: [memory_limiter, k8sattributes, batch]
      exporters: [otlp]
`

/** What the kubelet measures of pods, in a pipeline of its own. */
export const NODE_METRICS = `receivers:
  kubeletstats:
    collection_interval: 30s
    auth_type: serviceAccount
    endpoint: https://\${env:NODE_NAME}:10250
    insecure_skip_verify: true
service:
  pipelines:
    metrics/node:
      receivers: [kubeletstats]
      processors: [memory_limiter, batch]
      exporters: [otlp]
`

/** The logs of the node's containers, in a pipeline of its own. */
export const HOST_LOGS = `receivers:
  filelog:
    include: [/var/log/pods/*/*/*.log]
    operators:
      - type: container
service:
  pipelines:
    logs/host:
      receivers: [filelog]
      processors: [memory_limiter, batch]
      exporters: [otlp]
`
