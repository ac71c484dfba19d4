import type { Container, EnvVar, Probe, Service } from '../../kubernetes.ts'
import { type StatelessObjects, stateless } from '../../profiles/stateless.ts'
import type { Release } from '../../release.ts'
import { checksum, not, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { otlpEndpoint, startUpSecrets, startUpSettings } from './settings.ts'
import type { GitlabCopilotAgentValues } from './values.ts'

type Values = Template<GitlabCopilotAgentValues>

const COMPONENT = { 'app.kubernetes.io/component': 'controller' }

/** Labels that select controllers. */
export const controllerSelector = ({ selectorLabels }: Release) => ({ ...selectorLabels, ...COMPONENT })

/** The controllers: webhooks in, Jobs out. */
export function controller(values: Values, release: Release, account: string): StatelessObjects {
  return stateless({
    name: release.fullname,
    namespace: release.namespace,
    selector: controllerSelector(release),
    labels: { ...release.labels, ...COMPONENT },
    podAnnotations: {
      'checksum/config': checksum(...startUpSettings(values)),
      ...when(not(values.externalSecret.enabled), { 'checksum/secret': checksum(...startUpSecrets(values)) }),
    },
    replicas: values.replicaCount,
    autoscaling: values.autoscaling,
    autoscalerName: `${release.name}-hpa`,
    // Its Python environment and its clones are in its home.
    security: { writableRoot: true },
    serviceAccountName: account,
    containers: [container(values, release)],
  })
}

function container(values: Values, { fullname }: Release): Container {
  const { image, controller } = values
  const health = (initialDelaySeconds: number, periodSeconds: number): Probe => ({
    httpGet: { path: '/health', port: controller.port },
    initialDelaySeconds,
    periodSeconds,
  })
  return {
    name: 'controller',
    image: `${image.repository}:${image.tag}`,
    imagePullPolicy: image.pullPolicy,
    ports: [{ name: 'http', containerPort: controller.port, protocol: 'TCP' }],
    envFrom: [{ configMapRef: { name: fullname } }, { secretRef: { name: `${fullname}-secret` } }],
    env: [...when(otlpEndpoint(values), telemetry())],
    livenessProbe: health(10, 30),
    readinessProbe: health(5, 10),
    resources: { limits: controller.resources.limits, requests: controller.resources.requests },
  }
}

/** Who a controller is to the receiver of its telemetry. */
function telemetry(): EnvVar[] {
  const field = (name: string, fieldPath: string): EnvVar => ({ name, valueFrom: { fieldRef: { fieldPath } } })
  const attributes = 'k8s.pod.name=$(POD_NAME),k8s.namespace.name=$(POD_NAMESPACE),k8s.node.name=$(NODE_NAME)'
  return [
    field('POD_NAME', 'metadata.name'),
    field('POD_NAMESPACE', 'metadata.namespace'),
    field('NODE_NAME', 'spec.nodeName'),
    { name: 'OTEL_RESOURCE_ATTRIBUTES', value: attributes },
  ]
}

export function service({ service, controller }: Values, release: Release): Service {
  const { fullname: name, namespace, labels } = release
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { ...labels, ...COMPONENT } },
    spec: {
      type: service.type,
      selector: controllerSelector(release),
      ports: [{ name: 'http', port: controller.port, targetPort: 'http', protocol: 'TCP' }],
    },
  }
}
