import type { Container, Deployment, EnvVar, Probe, Service } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { containerSecurityContext } from '../../profiles/security.ts'
import { stateless } from '../../profiles/stateless.ts'
import { checksum } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import type { AgentsmithValues } from './values.ts'

type Values = Template<AgentsmithValues>

export const DISPATCHER = 'agentsmith-dispatcher'
const SELECTOR = { app: DISPATCHER }
const PORT = 8080

/** Labels of the dispatcher's objects. */
export function labelsOf(component: string): Record<string, string> {
  return {
    ...SELECTOR,
    'app.kubernetes.io/name': DISPATCHER,
    'app.kubernetes.io/component': component,
    ...PART_OF,
  }
}

export function dispatcherService(namespace: string, { service }: Values): Service {
  const { type, nodePort } = service
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: DISPATCHER, namespace, labels: labelsOf('dispatcher') },
    spec: {
      type,
      selector: SELECTOR,
      ports: [{ name: 'http', port: 80, targetPort: PORT, protocol: 'TCP', nodePort }],
    },
  }
}

export function dispatcherDeployment(namespace: string, values: Values): Deployment {
  const { deployment } = stateless({
    name: DISPATCHER,
    namespace,
    selector: SELECTOR,
    labels: labelsOf('dispatcher'),
    podLabels: PART_OF,
    podAnnotations: { 'checksum/config': checksum(values.config) },
    replicas: values.replicaCount,
    serviceAccountName: 'agentsmith',
    containers: [container(values)],
    pod: { volumes: [{ name: 'config', configMap: { name: 'agentsmith-config' } }], restartPolicy: 'Always' },
  })
  return deployment
}

function container(values: Values): Container {
  const { image, resources } = values
  return {
    name: 'dispatcher',
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: image.pullPolicy,
    ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
    env: environment(values),
    volumeMounts: [{ name: 'config', mountPath: '/app/config', readOnly: true }],
    livenessProbe: health({ initialDelaySeconds: 15, periodSeconds: 30, timeoutSeconds: 5 }),
    readinessProbe: health({ initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 3 }),
    resources: { requests: resources.requests, limits: resources.limits },
    // ASP.NET Core writes its temporary files to /tmp of the image.
    securityContext: { ...containerSecurityContext({}), readOnlyRootFilesystem: false },
  }
}

const health = (times: Probe): Probe => ({ httpGet: { path: '/health', port: PORT }, ...times, failureThreshold: 3 })

function environment({ environment, agent, secretName }: Values): EnvVar[] {
  const secret = (name: string, key: string): EnvVar => ({
    name,
    valueFrom: { secretKeyRef: { name: secretName, key } },
  })
  return [
    { name: 'ASPNETCORE_URLS', value: `http://+:${PORT}` },
    { name: 'ASPNETCORE_ENVIRONMENT', value: environment },
    secret('REDIS_URL', 'redis-url'),
    secret('SLACK_BOT_TOKEN', 'slack-bot-token'),
    secret('SLACK_SIGNING_SECRET', 'slack-signing-secret'),
    { name: 'K8S_NAMESPACE', valueFrom: { fieldRef: { fieldPath: 'metadata.namespace' } } },
    { name: 'AGENTSMITH_IMAGE', value: agent.image },
    { name: 'IMAGE_PULL_POLICY', value: agent.pullPolicy },
    { name: 'K8S_SECRET_NAME', value: secretName },
  ]
}
