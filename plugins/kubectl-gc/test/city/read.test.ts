import { expect, test } from 'vitest'
import { openCity } from '../../src/city/open.ts'
import { fingerprintOf, startConfigOf } from '../../src/city/settings.ts'
import { folderWith } from '../support/city.ts'

async function open(files: Record<string, string>, env: NodeJS.ProcessEnv = {}) {
  using folder = folderWith(files)
  return { root: folder.path, ...(await openCity(folder.path, { env, cwd: '/' })) }
}

const city = `
[workspace]
name = "my-city"
provider = "claude"
env = { A = "workspace", B = "workspace" }

[providers.claude]
base = "builtin:claude"
args = ["--model", "opus 4"]
ready_prompt_prefix = "> "
env = { B = "provider", C = "provider" }

[session.k8s]
image = "city:1"
cpu_request = "50m"
`

test('an agent is its own files over its provider over its city', async () => {
  const { root, wanted, notes } = await open({
    'city.toml': city,
    'agents/mayor/agent.toml':
      'nudge = "go"\nwork_dir = "work/{{.Agent}}"\nenv = { C = "agent" }\n[k8s]\nmem_request = "64Mi"\n',
    'agents/mayor/prompt.template.md': "You are {{ .AgentName }} of {{ .CityName }}, it's so.\n",
    'agents/_shared/note.md': 'no agent',
    'agents/README.md': 'no agent either',
  })
  expect(notes).toEqual([])
  const [mayor, ...others] = wanted
  expect(others).toEqual([])
  expect(mayor?.settings).toMatchObject({
    session: 'mayor',
    command: "claude --model 'opus 4'",
    prompt: "You are mayor of my-city, it's so.\n",
    env: { GC_AGENT: 'mayor', GC_CITY: root, GC_SESSION_NAME: 'mayor', A: 'workspace', B: 'provider', C: 'agent' },
    start: { nudge: 'go', workDir: `${root}/work/mayor`, readyPromptPrefix: '> ' },
    pod: { image: 'city:1', cpuRequest: '50m', memoryRequest: '64Mi', city: root },
  })
  const config = mayor && startConfigOf(mayor.settings)
  expect(config?.command).toBe(`claude --model 'opus 4' 'You are mayor of my-city, it'\\''s so.\n'`)
  expect(config?.env?.GC_CITY_CONFIG).toMatch(/^command=[0-9a-f]{8},prompt=[0-9a-f]{8},env=/)
})

test.for([
  ['start_command = "sleep 1"', 'sleep 1', undefined],
  ['start_command = "agent"\nprompt_mode = "arg"', "agent 'hello\n'", undefined],
  ['prompt_mode = "flag"\nprompt_flag = "--prompt"', "claude --model 'opus 4' --prompt 'hello\n'", undefined],
  ['provider = "codex"', "codex 'hello\n'", undefined],
  ['args = []', "claude 'hello\n'", undefined],
])('the command of %j is %j', async ([toml = '', command]) => {
  const { wanted } = await open({ 'city.toml': city, 'agents/a/agent.toml': toml, 'agents/a/prompt.md': 'hello\n' })
  expect(wanted[0] && startConfigOf(wanted[0].settings).command).toBe(command)
})

test('a variable goes before the city, and the agent before both', async () => {
  const files = { 'city.toml': city, 'agents/a/agent.toml': '', 'agents/b/agent.toml': '[k8s]\nimage = "own:1"' }
  const { wanted } = await open(files, { GC_K8S_IMAGE: 'env:1' })
  expect(wanted.map(({ settings }) => settings.pod.image)).toEqual(['env:1', 'own:1'])
})

test('an agent of pack.toml, city.toml and agents/ is one; suspended ones and those of rigs have no session', async () => {
  const { wanted, notes } = await open({
    'pack.toml': '[pack]\nname = "p"\nschema = 2\n[[agent]]\nname = "mayor"\nnudge = "pack"\nlifecycle = "one_shot"\n',
    'city.toml': '[[agent]]\nname = "mayor"\nnudge = "city"\n[[agent]]\nname = "rigged"\nscope = "rig"\n',
    'agents/mayor/agent.toml': 'start_command = "cat"\n',
    'agents/idle/agent.toml': 'suspended = true\n',
    'agents/pool/agent.toml': 'min_active_sessions = 2\ndepends_on = ["mayor"]\n',
    'agents/last/agent.toml': 'depends_on = ["pool", "idle"]\n',
  })
  expect(wanted.map(({ settings, after }) => [settings.session, after])).toEqual([
    ['last', ['pool-1', 'pool-2']],
    ['mayor', []],
    ['pool-1', ['mayor']],
    ['pool-2', ['mayor']],
  ])
  expect(wanted[1]?.settings).toMatchObject({ command: 'cat', start: { nudge: 'city', lifecycle: 'one_shot' } })
  expect(notes).toEqual([
    'agent "rigged" is one of a rig, so it is left to gc',
    'agent "last" starts without "idle", which has no session here',
  ])
})

test.for([
  ['agents/a/agent.toml', 'star_command = "x"', 'agents/a/agent.toml: star_command is not known', 'start_command'],
  ['agents/a/agent.toml', 'nudge = 3', 'agents/a/agent.toml: nudge: 3 is not a string', 'correct agents/a/agent.toml'],
  ['agents/a/agent.toml', 'args = "x"', 'args: "x" is not a list', ''],
  ['agents/a/agent.toml', 'prompt_mode = "args"', '"args" is not one of "arg", "flag", "none"', ''],
  ['agents/a/agent.toml', '[k8s]\ncpu_reqest = "1"', 'k8s.cpu_reqest is not known', 'k8s.cpu_request'],
  ['agents/a/agent.toml', 'env = { "a b" = "x" }', 'env.a b: "a b" is not the name of a variable', ''],
  ['agents/a/agent.toml', 'depends_on = ["mayr"]', 'depends on "mayr"', '"mayor"'],
  ['agents/a/agent.toml', 'depends_on = ["a"]', 'agents wait for one another: a -> a', 'depends_on'],
  ['agents/a/agent.toml', 'a = 1\na = 2', 'agents/a/agent.toml:2:', 'line 2 of'],
  ['agents/a/agent.toml', 'prompt_template = "no.md"\nprovider = "x"', 'the prompt no.md cannot be read: ENOENT', ''],
  ['agents/a/agent.toml', 'overlay_dir = "none"', 'none cannot be read: ENOENT', ''],
  ['agents/a b/agent.toml', '', '"a b" cannot be the name of an agent', ''],
  ['city.toml', '[workspce]\nname = "x"', 'city.toml: workspce is not known', 'workspace'],
  ['city.toml', '[[agent]]\nname = "x"\n[[agent]]\nname = "x"', 'two agents are called "x"', ''],
  ['city.toml', '[workspace]\nsession_template = "one"', 'two agents would have the session "one"', ''],
  ['city.toml', '[workspace]\nprovider = "x y"', 'there is no provider "x y"', '[providers.x y]'],
  [
    'city.toml',
    '[workspace]\nprovider = "p"\n[providers.p]\nbase = "q"\n[providers.q]\nbase = "p"',
    'its own base',
    '',
  ],
])('%s with %j is refused', async ([file = '', text = '', message = '', suggestion = '']) => {
  const files = { 'city.toml': '', 'agents/mayor/agent.toml': '', 'agents/b/agent.toml': '', [file]: text }
  const opening = open(files)
  await expect(opening).rejects.toThrow(message)
  if (suggestion !== '')
    await expect(opening).rejects.toMatchObject({ suggestion: expect.stringContaining(suggestion) })
})

test('a key that a later gc may know is noted', async () => {
  const files = { 'city.toml': '[zzz]\nx = 1\n[workspace]\nhyperdrive = true\n', 'agents/a/agent.toml': '' }
  expect((await open(files)).notes).toEqual([
    'city.toml: workspace.hyperdrive is not known, and does nothing here',
    'city.toml: zzz is not known, and does nothing here',
  ])
})

test('the fingerprint tells which part differs', async () => {
  const files = { 'city.toml': city, 'agents/a/agent.toml': '', 'agents/a/prompt.md': 'one', 'over/file': '1' }
  const print = async (toml: string, env: NodeJS.ProcessEnv = {}) => {
    using same = folderWith({ ...files, 'agents/a/agent.toml': toml })
    const { wanted } = await openCity(same.path, { env, cwd: '/' })
    const text = wanted[0] === undefined ? '' : fingerprintOf(wanted[0].settings)
    return Object.fromEntries(text.split(',').map((part) => part.split('=')))
  }
  const before = await print('')
  expect((await print('', { GC_K8S_IMAGE: 'x' })).image).not.toBe(before.image)
  expect((await print('', { GC_K8S_IMAGE: 'x' })).command).toBe(before.command)
  expect((await print('nudge = "x"')).nudge).toMatch(/^[0-9a-f]{8}$/)
  expect((await print('overlay_dir = "over"')).files).toMatch(/^[0-9a-f]{8}$/)
})
