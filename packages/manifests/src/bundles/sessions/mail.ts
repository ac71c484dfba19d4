import type { Deployment, PersistentVolumeClaim, Probe, Service } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { singletonWriter } from '../../profiles/singleton-writer.ts'
import type { Template } from '../../template/reference.ts'
import { claim } from './claim.ts'
import type { SessionsValues } from './values.ts'

type Mail = Template<SessionsValues>['mail']

const NAME = 'mcp-mail'
const CLAIM = 'mcp-mail-data'
const HOME = '/data'
const alive: Probe = { httpGet: { path: '/health/liveness', port: 'http' } }

/** Labels of the service's pods. */
export const MAIL = { app: NAME }

const labels = { ...MAIL, ...PART_OF }

/** The mail service: one process on one volume, because its mailboxes are files. */
export function mailDeployment(namespace: string, mail: Mail): (PersistentVolumeClaim | Deployment)[] {
  const { image, requests, limits } = mail
  const deployment = singletonWriter({
    name: NAME,
    namespace,
    selector: MAIL,
    labels,
    podLabels: PART_OF,
    claim: { claimName: CLAIM, volume: 'data' },
    containers: [
      {
        name: NAME,
        image,
        imagePullPolicy: 'IfNotPresent',
        env: [{ name: 'HOME', value: HOME }],
        ports: [{ name: 'http', containerPort: 8765 }],
        livenessProbe: { ...alive, periodSeconds: 30, timeoutSeconds: 5 },
        readinessProbe: { ...alive, periodSeconds: 5, timeoutSeconds: 5 },
        resources: { requests, limits },
        volumeMounts: [
          { name: 'data', mountPath: HOME },
          { name: 'tmp', mountPath: '/tmp' },
        ],
      },
    ],
    pod: { volumes: [{ name: 'tmp', emptyDir: {} }] },
  })
  return [claim(namespace, CLAIM, mail), deployment]
}

/** `mcp-mail:8765`. */
export function mailService(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME, namespace, labels },
    spec: { type: 'ClusterIP', selector: MAIL, ports: [{ name: 'http', port: 8765, targetPort: 'http' }] },
  }
}
