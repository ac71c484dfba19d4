import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ApiError, type Resource } from '@kubectl-gc/kube'
import { expect, test } from 'vitest'
import { folderWith } from '../support/city.ts'
import { gc, Sink } from '../support/gc.ts'
import { environment, files, infected, leaks, planted } from '../support/planted.ts'

/** Every file of an archive, read by tar itself. */
function unpacked(folder: string, archive: string): Map<string, string> {
  execFileSync('tar', ['xzf', archive, '-C', folder])
  const entries = readdirSync(join(folder, 'gc-report'), { recursive: true, withFileTypes: true })
  const found = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(found.map((path) => [path.slice(join(folder, 'gc-report/').length), readFileSync(path, 'utf8')]))
}

test('a report has everything but the secrets that were planted in every place', async () => {
  using folder = folderWith(files)
  const { code, stdout, stderr } = await gc(['report'], {
    ...infected(),
    env: environment(folder.path),
    cwd: folder.path,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [, name = ''] = /^(gc-report-20260101T020000Z\.tar\.gz) written: \d+ files, \d+ KiB\n$/.exec(stdout) ?? []
  expect(statSync(join(folder.path, name)).mode & 0o777).toBe(0o600)
  const unpackedFiles = unpacked(folder.path, join(folder.path, name))
  const all = [...unpackedFiles].flat().join('\n')
  expect(leaks(all)).toEqual([])
  for (const kept of [
    'plainly-shown',
    'harmless line',
    'image-is-shown',
    'cluster.example',
    'LOGIN_PASSWORD',
    '"mayor"',
  ]) {
    expect(all).toContain(kept)
  }
  expect([...unpackedFiles.keys()]).toEqual(
    expect.arrayContaining([
      ...[
        'README.txt',
        'versions.json',
        'doctor.json',
        'sessions.json',
        'kubeconfig.json',
        'brokers.json',
        'environment.json',
      ],
      ...[
        'cluster/pods.json',
        'cluster/events.json',
        'cluster/secrets.json',
        'cluster/nodes.json',
        'logs/mayor.agent.log',
      ],
    ]),
  )
  for (const [file, text] of unpackedFiles)
    if (file.endsWith('.json')) expect(() => JSON.parse(text), file).not.toThrow()
})

test('what fails in the middle is told of in the archive, and the rest is there', async () => {
  using folder = folderWith(files)
  const world = infected()
  const refusal = new ApiError({ code: 403, reason: 'Forbidden', message: `no: token=${planted.apiError}` })
  for (const what of ['events', 'secrets', 'nodes']) world.client.errors.set(what, refusal)
  Object.assign(world.client, {
    logs: async function* () {
      yield Buffer.from('a beginning\n')
      throw new ApiError({ code: 500, reason: 'InternalError', message: 'boom' })
    },
  })
  const { code, stderr } = await gc(['report', '-o', 'r.tgz'], {
    ...world,
    env: environment(folder.path),
    cwd: folder.path,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '4 parts are missing: see README.txt in it\n' })
  const unpackedFiles = unpacked(folder.path, join(folder.path, 'r.tgz'))
  const index = unpackedFiles.get('README.txt') ?? ''
  for (const part of ['events', 'secrets', 'nodes'])
    expect(index).toContain(`  ${part} could not be had: Error from server (Forbidden): no: token=<removed>\n`)
  expect(index).toContain('  the log of mayor.agent could not be had: Error from server (InternalError): boom\n')
  expect(unpackedFiles.get('cluster/pods.json')).toContain('mayor')
  expect(leaks([...unpackedFiles].flat().join('\n'))).toEqual([])
})

test('without a kubeconfig that can be used there is a report all the same', async () => {
  using folder = folderWith({ kubeconfig: 'users: [' })
  const openCluster = { client: undefined as never }
  const { code, stderr } = await gc(['report', '-o', 'r.tgz'], {
    ...openCluster,
    env: environment(folder.path),
    cwd: folder.path,
  })
  expect({ code, stderr: stderr.replace(/\d+/, 'N') }).toEqual({
    code: 0,
    stderr: 'N parts are missing: see README.txt in it\n',
  })
  expect(unpacked(folder.path, join(folder.path, 'r.tgz')).get('versions.json')).toContain('node')
})

test('who may see only the Secrets of agents has these removed from everything', async () => {
  using folder = folderWith(files)
  const { client, sessions } = infected()
  const value = 'plant-only-in-git-credentials'
  client.objects.set('secrets/git-credentials', { data: { token: Buffer.from(value).toString('base64') } })
  const listed = client.list
  const world = {
    sessions,
    client: Object.assign(client, {
      list: async (of: Resource) => {
        if (of.plural === 'secrets') throw new ApiError({ code: 403, reason: 'Forbidden', message: 'no' })
        return listed(of)
      },
      logs: async function* () {
        yield Buffer.from(`cloned with ${value}\n`)
      },
    }),
  }
  const { code, stderr } = await gc(['report', '-o', 'r'], {
    ...world,
    env: environment(folder.path),
    cwd: folder.path,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const unpackedFiles = unpacked(folder.path, join(folder.path, 'r'))
  expect(unpackedFiles.get('logs/mayor.agent.log')).toBe('cloned with <removed>\n')
})

test('a report is bounded: of a long log its end, of many objects the latest', async () => {
  using folder = folderWith(files)
  const { client, sessions } = infected()
  const logs = async function* () {
    for (let line = 0; line < 40_000; line += 1) yield Buffer.from(`line ${line} ${'x '.repeat(50)}\n`)
  }
  const listed = client.list
  const list = async (of: Resource) => {
    const found = await listed(of)
    if (of.plural !== 'events') return found
    const items = Array.from({ length: 900 }, (_, index) => ({
      message: `event ${index}`,
      lastTimestamp: `2026-01-01T00:${10 + Math.floor(index / 60)}:${10 + (index % 60)}Z`,
    }))
    return { ...found, items }
  }
  const stdout = new Sink()
  const chunks: Buffer[] = []
  stdout._write = (chunk: Buffer, _encoding, done) => {
    chunks.push(chunk)
    done()
  }
  const world = {
    sessions,
    stdout,
    client: Object.assign(client, { logs, list }),
    env: environment(folder.path),
    cwd: folder.path,
  }
  const { code, stderr } = await gc(['report', '--output', '-'], world)
  expect(code).toBe(0)
  expect(stderr).toBe('1 parts are missing: see README.txt in it\n')
  const text = gunzipSync(Buffer.concat(chunks)).toString('latin1')
  expect(text).toContain('line 39999 ')
  expect(text).not.toContain('line 100 ')
  expect(text).toContain('  400 of 900 events\n')
  expect(text).toContain('event 899')
  expect(text.length).toBeLessThan(2 * 1024 * 1024)
})

test('pods of the longest names have their logs, each its own', async () => {
  using folder = folderWith(files)
  const world = infected()
  for (const end of ['a', 'b']) {
    const name = `${'long-'.repeat(49)}${end}`
    const status = { containerStatuses: [{ name: 'c'.repeat(63), state: { running: {} } }] }
    world.client.objects.set(`pods/${name}`, { metadata: { name }, status })
  }
  const { code, stderr } = await gc(['report', '-o', 'r'], {
    ...world,
    env: environment(folder.path),
    cwd: folder.path,
  })
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const names = [...unpacked(folder.path, join(folder.path, 'r')).keys()]
  expect(names.filter((name) => name.startsWith('logs/long-'))).toHaveLength(2)
})

test('where it cannot be written, nothing is left behind', async () => {
  using folder = folderWith(files)
  const argv = ['report', '-o', 'no/such/folder/r.tgz']
  const { code, stderr } = await gc(argv, { ...infected(), env: environment(folder.path), cwd: folder.path })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error: .*r\.tgz cannot be written: ENOENT\nTry: kubectl gc report --output /)
  expect(readdirSync(folder.path).sort()).toEqual(['.claude', 'kubeconfig'])
})
