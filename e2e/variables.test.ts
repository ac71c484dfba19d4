import { expect } from 'vitest'
import { type Result, run, succeed } from './support/run.ts'
import { test as base } from './support/test.ts'

interface Fixtures {
  /** `gc-session-k8s` with variables of its own. */
  withVariables(variables: Record<string, string>, args: string[], stdin?: string): Promise<Result>
}

const test = base.extend<Fixtures>({
  withVariables: async ({ namespace }, use) => {
    await use((variables, args, stdin) =>
      run('gc-session-k8s', args, { stdin, env: { GC_K8S_NAMESPACE: namespace, GC_CITY: '', ...variables } }),
    )
  },
})

const bare = process.env.KUBECTL_GC_TEST_BARE_IMAGE ?? 'gc-bare:latest'
const started = { exitCode: 0, stdout: '', stderr: '' }
const session = (env: Record<string, string> = {}) => JSON.stringify({ command: 'echo shown; sh', env })

test('terminal, home, token, environment, account and pull secret arrive in the pod', async ({
  withVariables,
  kubectl,
}) => {
  await kubectl('create', 'secret', 'generic', 'github', '--from-literal=token=secret-token')
  await kubectl('create', 'serviceaccount', 'coders')
  const variables = {
    GC_K8S_PANE_SIZE: '101x31',
    GC_K8S_HISTORY_LIMIT: '1234',
    GC_K8S_MIRROR: 'off',
    GC_K8S_CONTAINER_HOME: '/tmp/home',
    GC_K8S_GIT_SECRET_NAME: 'github',
    GC_K8S_AGENT_ENV_JSON: '{"PRICE":"5$ $(HOME)","coder":{"ROLE":"coder"}}',
    GC_K8S_SERVICE_ACCOUNT_MAP_JSON: '{"coder":"coders"}',
    GC_K8S_IMAGE_PULL_SECRET: 'registry',
    GC_K8S_PREBAKED: 'true',
  }
  expect(await withVariables(variables, ['start', 'all'], session({ GC_AGENT: 'rig/coder' }))).toEqual(started)
  const inside = async (command: string) => (await withVariables({}, ['exec', 'all'], command)).stdout
  expect(await inside("tmux display -p -t =main: '#{window_width}x#{window_height} #{history_limit}'")).toBe(
    '101x31 1234\n',
  )
  expect(await inside('echo "$HOME" "$GITHUB_TOKEN" "$PRICE" "$ROLE"')).toBe(
    '/tmp/home secret-token 5$ $(HOME) coder\n',
  )
  expect(await inside('test -d "$HOME" && test -w /workspace && ! grep " /workspace " /proc/mounts && echo fine')).toBe(
    'fine\n',
  )
  const spec = '{.spec.serviceAccountName} {.spec.imagePullSecrets[0].name}'
  expect(await kubectl('get', 'pod', 'all', '-o', `jsonpath=${spec}`)).toBe('coders registry')
  await expect.poll(async () => (await withVariables({}, ['peek', 'all', '10'])).stdout).toContain('shown')
  expect(await kubectl('logs', 'all')).toBe('')
  await withVariables({}, ['stop', 'all'])
})

test('a rig has its own image, and a user may be root where the Pod Security Standard allows', async ({
  withVariables,
  kubectl,
}) => {
  const variables = {
    GC_K8S_RIG_IMAGES: JSON.stringify({ bare }),
    GC_K8S_POD_SECURITY: 'baseline',
    GC_K8S_RUN_AS_USER: '0',
  }
  expect(await withVariables(variables, ['start', 'rooted'], session({ GC_RIG: 'bare' }))).toEqual(started)
  expect(await kubectl('get', 'pod', 'rooted', '-o', 'jsonpath={.spec.containers[0].image}')).toBe(bare)
  const status = await withVariables(
    {},
    ['exec', 'rooted'],
    'while read -r line; do echo "$line"; done </proc/self/status',
  )
  expect(status.stdout).toMatch(/^Uid:\s+0\s/m)
  await withVariables({}, ['stop', 'rooted'])
})

test('a namespace that enforces restricted takes our pods, and refuses those that ask for less', async ({
  withVariables,
  kubectl,
  namespace,
}) => {
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=restricted')
  expect(await withVariables({}, ['start', 'strict'], session())).toEqual(started)
  const refused = await withVariables({ GC_K8S_POD_SECURITY: 'none' }, ['start', 'loose'], session())
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('violates PodSecurity "restricted') })
  await withVariables({}, ['stop', 'strict'])
  await kubectl('label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce-')
})

test('a claimed workspace outlives its session', async ({ withVariables, namespace }) => {
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'work' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  }
  await succeed('kubectl', ['-n', namespace, 'create', '-f', '-'], { stdin: JSON.stringify(claim) })
  const variables = { GC_K8S_WORKSPACE_PVC: 'work', GC_K8S_WORKSPACE_ROOT: '/cities/one' }
  expect(await withVariables(variables, ['start', 'first'], session())).toEqual(started)
  await withVariables({}, ['exec', 'first'], 'pwd >/cities/one/file')
  await withVariables({}, ['stop', 'first'])
  expect(await withVariables(variables, ['start', 'second'], session())).toEqual(started)
  expect((await withVariables({}, ['exec', 'second'], 'cat /cities/one/file')).stdout).toBe('/cities/one\n')
  await withVariables({}, ['stop', 'second'])
})

test.for([
  ['GC_K8S_NODE_SELECTOR', '{"disk":"no-such"}', "didn't match Pod's node affinity/selector"],
  ['GC_K8S_PRIORITY_CLASS_NAME', 'no-such-class', 'no PriorityClass with name no-such-class'],
  ['GC_K8S_WORKSPACE_PVC', 'no-such-claim', 'persistentvolumeclaim "no-such-claim" not found'],
  ['GC_K8S_TOLERATIONS', '[{"operator":"Exist"}]', 'spec.tolerations'],
  ['GC_K8S_AFFINITY', '{"nodeAffinity":[]}', 'nodeAffinity'],
  ['GC_K8S_TOPOLOGY_SPREAD_CONSTRAINTS', '[{"maxSkew":0,"topologyKey":"a","whenUnsatisfiable":"b"}]', 'maxSkew'],
  ['GC_K8S_SERVICE_ACCOUNT', 'no-such-account', 'serviceaccount "no-such-account" not found'],
] as const)(
  '%s=%s: the start says what Kubernetes has against it',
  async ([name, value, why], { withVariables, kubectl }) => {
    const result = await withVariables({ [name]: value }, ['start', 'refused'], session())
    expect(result).toMatchObject({
      exitCode: expect.toBeOneOf([1, 75]),
      stdout: '',
      stderr: expect.stringContaining(why),
    })
    expect(await kubectl('get', 'pods', '-l', 'gc-session=refused', '-o', 'name')).toBe('')
  },
)

test('a variable that cannot be used, and one that nobody reads, are named', async ({ withVariables }) => {
  const wrong = await withVariables({ GC_K8S_TOLERATIONS: '{' }, ['list-running', ''])
  expect(wrong).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('GC_K8S_TOLERATIONS is not JSON'),
  })
  const unknown = await withVariables({ GC_K8S_NAMESPCE: 'x' }, ['list-running', ''])
  const stderr = 'gc-session-k8s: unknown variable GC_K8S_NAMESPCE (did you mean GC_K8S_NAMESPACE?)\n'
  expect(unknown).toEqual({ exitCode: 0, stdout: '', stderr })
})

test('cities in one namespace leave each other alone', async ({ withVariables }) => {
  const [mine, theirs] = [{ GC_CITY: '/home/me/city' }, { GC_CITY: '/home/you/city' }]
  expect(await withVariables(theirs, ['start', 'mayor'], session())).toEqual(started)
  const refused = await withVariables(mine, ['start', 'mayor'], session())
  expect(refused.exitCode).toBe(1)
  expect(refused.stderr).toMatch(/session "mayor" already exists .* belongs to another city \(city-/)
  expect((await withVariables(mine, ['is-running', 'mayor'])).stdout).toBe('false\n')
  expect((await withVariables(mine, ['list-running', ''])).stdout).toBe('')
  expect((await withVariables(mine, ['stop', 'mayor'])).exitCode).toBe(0)
  expect((await withVariables(theirs, ['list-running', ''])).stdout).toBe('mayor\n')
  expect((await withVariables({}, ['list-running', ''])).stdout).toBe('mayor\n')
  await withVariables(theirs, ['stop', 'mayor'])
})
