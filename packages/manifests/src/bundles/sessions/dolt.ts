import type { Container, EnvVar, NetworkPolicy, Probe, Service, StatefulSet, VolumeMount } from '../../kubernetes.ts'
import { PART_OF } from '../../objects.ts'
import { statefulDatabase } from '../../profiles/stateful-database.ts'
import { type Condition, when } from '../../template/combinators.ts'
import type { Template } from '../../template/reference.ts'
import { BACKUPS, BACKUPS_CLAIM } from './backups.ts'
import { DOLT_PORT, doltClient } from './dolt-client.ts'
import type { SessionsValues } from './values.ts'

type Dolt = Template<SessionsValues>['dolt']

const SELECTOR = { app: 'dolt' }
const LABELS = { ...SELECTOR, ...PART_OF }
const DATA = '/var/lib/dolt'
const USER = 10001

/** What dolt writes outside its data: its own settings under HOME, and temporary files. */
const mounts: VolumeMount[] = [
  { name: 'dolt-data', mountPath: DATA },
  { name: 'home', mountPath: '/home/dolt' },
  { name: 'tmp', mountPath: '/tmp' },
]

const environment: EnvVar[] = [
  { name: 'HOME', value: '/home/dolt' },
  { name: 'DOLT_ROOT_PATH', value: '/home/dolt' },
  { name: 'DOLT_DISABLE_EVENT_FLUSH', value: 'true' },
]

/** A query by the dolt of the container, over TCP as any client's: the server answers. */
const query: Probe = {
  exec: {
    command: [...doltClient, 'sql', '-q', 'SELECT 1'],
  },
  timeoutSeconds: 5,
}

/**
 * Not a query: with as many connections as the server allows, one would wait until it fails, and a server that is only
 * busy would be hidden from its clients.
 */
const listening: Probe = { tcpSocket: { port: 'mysql' } }

/** The Dolt server: one replica on one claim, user `root` without a password, no TLS. */
export function doltStatefulSet(namespace: string, dolt: Dolt, hasBackups: Condition): StatefulSet {
  return statefulDatabase({
    name: 'dolt',
    namespace,
    selector: SELECTOR,
    labels: LABELS,
    podLabels: PART_OF,
    security: { user: USER },
    initContainers: [initUser(dolt)],
    containers: [server(dolt, hasBackups)],
    pod: {
      volumes: [
        { name: 'home', emptyDir: {} },
        { name: 'tmp', emptyDir: {} },
        ...when(hasBackups, [{ name: 'backups', persistentVolumeClaim: { claimName: BACKUPS_CLAIM } }]),
      ],
    },
    volume: 'dolt-data',
    storage: dolt.storage,
    storageClassName: dolt.storageClassName,
  })
}

/**
 * Lets `root` connect from any host; a fresh server knows only `root@localhost`. Does nothing the second time.
 * A server that was killed leaves the file by which dolt would look for it; no other server runs on this claim.
 */
function initUser({ image, requests, limits }: Dolt): Container {
  const sql = "CREATE USER IF NOT EXISTS 'root'@'%'; GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION"
  return {
    name: 'init-user',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: ['sh', '-c', `rm -f ${DATA}/.dolt/sql-server.info && exec dolt --data-dir ${DATA} sql -q "$0"`, sql],
    env: environment,
    resources: { requests, limits },
    volumeMounts: mounts,
  }
}

function server({ image, requests, limits }: Dolt, hasBackups: Condition): Container {
  return {
    name: 'dolt',
    image,
    imagePullPolicy: 'IfNotPresent',
    command: [
      'dolt',
      'sql-server',
      '--host=0.0.0.0',
      `--port=${DOLT_PORT}`,
      `--data-dir=${DATA}`,
      '--max-connections=500',
      '--loglevel=warning',
    ],
    env: environment,
    ports: [{ name: 'mysql', containerPort: DOLT_PORT }],
    startupProbe: { ...query, periodSeconds: 1, failureThreshold: 300 },
    readinessProbe: { ...listening, periodSeconds: 10 },
    livenessProbe: { ...listening, periodSeconds: 10, failureThreshold: 6 },
    resources: { requests, limits },
    volumeMounts: [...mounts, ...when(hasBackups, [{ name: 'backups', mountPath: BACKUPS }])],
  }
}

/** `dolt.<namespace>.svc.cluster.local:3307`. */
export function doltService(namespace: string): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'dolt', namespace, labels: LABELS },
    spec: {
      type: 'ClusterIP',
      selector: SELECTOR,
      ports: [{ name: 'mysql', port: DOLT_PORT, targetPort: 'mysql' }],
    },
  }
}

/** Lets only pods of the namespace connect. */
export function doltNetworkPolicy(namespace: string): NetworkPolicy {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'dolt', namespace, labels: LABELS },
    spec: {
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 'mysql' }] }],
    },
  }
}
