import { expect, test } from 'vitest'
import { cityLabel } from '../../src/kubernetes/city.ts'
import { sessionPod } from '../../src/kubernetes/pod.ts'
import { readSettings } from '../../src/kubernetes/settings.ts'
import { variables } from '../../src/kubernetes/variables/table.ts'

const IMAGE = { GC_K8S_IMAGE: 'agent:1' }

/** The pod that a session gets from variables and from the environment that gc gives it. */
function podOf(variables: Record<string, string>, env: Record<string, string> = {}) {
  const { metadata, spec } = sessionPod(
    readSettings({ env: { ...IMAGE, ...variables } }),
    'rig/coder',
    { env },
    'pod',
    'id',
  )
  const [container] = spec?.containers ?? []
  const values = Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]))
  return { metadata, spec, container, env: values }
}

const resources = { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } }
const spread = { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule' }
const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } }

/** What each variable does to the pod. The two that are about the way to the cluster do nothing to it. */
const effects: Record<string, [value: string, expected: object, env?: Record<string, string>]> = {
  GC_K8S_NAMESPACE: ['city', { metadata: { namespace: 'city' } }],
  GC_K8S_IMAGE: ['other:2', { container: { image: 'other:2' } }],
  GC_K8S_RIG_IMAGES: ['{"web":"web:1"}', { container: { image: 'web:1' } }, { GC_RIG: 'web' }],
  GC_K8S_IMAGE_PULL_SECRET: ['one, two', { spec: { imagePullSecrets: [{ name: 'one' }, { name: 'two' }] } }],
  GC_K8S_CPU_REQUEST: ['1m', { container: { resources: { ...resources, requests: { cpu: '1m', memory: '1Gi' } } } }],
  GC_K8S_MEM_REQUEST: ['1Mi', { container: { resources: { ...resources, requests: { cpu: '500m', memory: '1Mi' } } } }],
  GC_K8S_CPU_LIMIT: ['9', { container: { resources: { ...resources, limits: { cpu: '9', memory: '4Gi' } } } }],
  GC_K8S_MEM_LIMIT: ['9Gi', { container: { resources: { ...resources, limits: { cpu: '2', memory: '9Gi' } } } }],
  GC_K8S_POD_SECURITY: ['none', { spec: expect.not.objectContaining({ securityContext: expect.anything() }) }],
  GC_K8S_RUN_AS_USER: ['2000', { spec: { securityContext: { runAsUser: 2000, runAsGroup: 2000, fsGroup: 2000 } } }],
  GC_K8S_PREBAKED: ['true', { container: { workingDir: '/workspace' } }],
  GC_K8S_WORKSPACE_PVC: [
    'work',
    { spec: { volumes: expect.arrayContaining([{ name: 'ws', persistentVolumeClaim: { claimName: 'work' } }]) } },
  ],
  GC_K8S_WORKSPACE_ROOT: ['/elsewhere', { container: { workingDir: '/workspace' } }],
  GC_K8S_CONTAINER_HOME: ['/home/agent', { env: { HOME: '/home/agent' } }],
  GC_K8S_PANE_SIZE: ['100x30', { container: { args: expect.arrayContaining(['100', '30']) } }],
  GC_K8S_HISTORY_LIMIT: ['1234', { container: { args: expect.arrayContaining(['1234']) } }],
  GC_K8S_MIRROR: ['off', { container: { args: expect.arrayContaining(['0']) } }],
  GC_K8S_NODE_SELECTOR: ['{"disk":"ssd"}', { spec: { nodeSelector: { disk: 'ssd' } } }],
  GC_K8S_TOLERATIONS: ['[{"operator":"Exists"}]', { spec: { tolerations: [{ operator: 'Exists' }] } }],
  GC_K8S_AFFINITY: [JSON.stringify(affinity), { spec: { affinity } }],
  GC_K8S_TOPOLOGY_SPREAD_CONSTRAINTS: [
    JSON.stringify([spread]),
    { spec: { topologySpreadConstraints: [{ ...spread, labelSelector: { matchLabels: { app: 'gc-agent' } } }] } },
  ],
  GC_K8S_PRIORITY_CLASS_NAME: ['agents', { spec: { priorityClassName: 'agents' } }],
  GC_K8S_DOLT_HOST: ['db', { env: { GC_DOLT_HOST: 'db', BEADS_DOLT_SERVER_HOST: 'db' } }],
  GC_K8S_DOLT_PORT: ['1', { env: { GC_DOLT_PORT: '1', BEADS_DOLT_SERVER_PORT: '1' } }],
  GC_K8S_MCP_MAIL_HOST: ['mail', { env: { GC_MCP_MAIL_URL: 'http://mail:8765' } }],
  GC_K8S_MCP_MAIL_PORT: ['80', { env: { GC_MCP_MAIL_URL: 'http://mcp-mail.gc.svc.cluster.local:80' } }],
  GC_K8S_SERVICE_ACCOUNT: ['robot', { spec: { serviceAccountName: 'robot', automountServiceAccountToken: true } }],
  GC_K8S_SERVICE_ACCOUNT_MAP_JSON: [
    '{"coder":"gc-coder"}',
    { spec: { serviceAccountName: 'gc-coder' } },
    { GC_AGENT: 'rig/coder' },
  ],
  GC_K8S_AGENT_ENV_JSON: [
    '{"A":"all","B":"all","C":"all","coder":{"B":"coder"},"mayor":{"A":"mayor"}}',
    { env: { A: 'all', B: 'coder', C: 'session' } },
    { GC_ALIAS: 'rig/coder', C: 'session' },
  ],
  GC_K8S_GIT_SECRET_NAME: [
    'github',
    {
      container: {
        env: expect.arrayContaining([
          { name: 'GITHUB_TOKEN', valueFrom: { secretKeyRef: { name: 'github', key: 'token', optional: true } } },
        ]),
      },
    },
  ],
}

/** Variables that only count with another. */
const together: Record<string, Record<string, string>> = {
  GC_K8S_DOLT_HOST: { GC_K8S_DOLT_PORT: '3307' },
  GC_K8S_DOLT_PORT: { GC_K8S_DOLT_HOST: 'db' },
}

test.for(Object.entries(effects))('%s', ([name, [value, expected, env]]) => {
  expect(podOf({ ...together[name], [name]: value }, env)).toMatchObject(expected)
})

test('every variable has its effect tested', () => {
  const wayToTheCluster = ['GC_K8S_CONTEXT', 'GC_K8S_TIMEOUT']
  expect([...Object.keys(effects), ...wayToTheCluster].sort()).toEqual(
    Object.values(variables)
      .map(({ name }) => name)
      .sort(),
  )
})

test('a claim is mounted at the root, which is where the agent works; without one the root is ignored', () => {
  const { container } = podOf({ GC_K8S_WORKSPACE_PVC: 'work', GC_K8S_WORKSPACE_ROOT: '/cities/one' })
  expect(container?.workingDir).toBe('/cities/one')
  expect(container?.volumeMounts).toContainEqual({ name: 'ws', mountPath: '/cities/one' })
})

test('a prebaked workspace is hidden by no volume', () => {
  const { container, spec } = podOf({ GC_K8S_PREBAKED: 'true' })
  expect(container?.volumeMounts?.map(({ mountPath }) => mountPath)).not.toContain('/workspace')
  expect(spec?.volumes?.map(({ name }) => name)).not.toContain('ws')
})

test('a rig without an image of its own gets the image; without any, the variable is named', () => {
  expect(podOf({ GC_K8S_RIG_IMAGES: '{"web":"web:1"}' }, { GC_RIG: 'toString' }).container?.image).toBe('agent:1')
  expect(() => podOf({ GC_K8S_IMAGE: '', GC_K8S_RIG_IMAGES: '{"web":"web:1"}' })).toThrow('no image is set')
})

test('an option for all goes before a variable for some', () => {
  const env = { ...IMAGE, GC_K8S_RIG_IMAGES: '{"web":"web:1"}', GC_K8S_SERVICE_ACCOUNT_MAP_JSON: '{"coder":"x"}' }
  const settings = readSettings({ env, image: 'flag:1', serviceAccount: 'flag' })
  const pod = sessionPod(settings, 's', { env: { GC_RIG: 'web', GC_AGENT: 'coder' } }, 'pod', 'id')
  expect(pod.spec).toMatchObject({ serviceAccountName: 'flag', containers: [{ image: 'flag:1' }] })
})

test("a session's own GITHUB_TOKEN stays, and stays the only one", () => {
  const { container } = podOf({}, { GITHUB_TOKEN: 'mine' })
  expect(container?.env?.filter(({ name }) => name === 'GITHUB_TOKEN')).toEqual([
    { name: 'GITHUB_TOKEN', value: 'mine' },
  ])
})

test('the agent is named by GC_ALIAS, then GC_AGENT, then not at all', () => {
  const label = (env: Record<string, string>) => podOf({}, env).metadata?.labels?.['gc-agent']
  expect(label({ GC_ALIAS: 'rig/coder', GC_AGENT: 'x' })).toBe('rig-coder')
  expect(label({ GC_ALIAS: '', GC_AGENT: 'x' })).toBe('x')
  expect(label({})).toBe('unknown')
})

test("the city is a label: our own GC_CITY, else the session's", () => {
  const label = (variables: Record<string, string>, env: Record<string, string>) =>
    podOf(variables, env).metadata?.labels?.['gc-city']
  expect(label({}, {})).toBeUndefined()
  expect(label({}, { GC_CITY: '/home/me/city' })).toBe(cityLabel('/home/me/city'))
  expect(label({ GC_CITY: '/mine' }, { GC_CITY: '/home/me/city' })).toBe(cityLabel('/mine'))
})
