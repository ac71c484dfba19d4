import { expect } from 'vitest'
import { json, named, test } from './support/place.ts'
import { run, succeed } from './support/run.ts'

/** The bundle sessions with a quota that lets no pod be made, so that nothing has to be pulled or started. */
const idle = ['--wait=false', '--set', 'quota.enabled=true', '--set', 'quota.hard.pods=0']
const lines = (output: string) => output.trimEnd().split('\n')

test.concurrent('a second install changes nothing, and two namespaces do not meet', async ({ place, other }) => {
  for (const { gc } of [place, other]) expect(await gc('install', ...idle)).toMatchObject({ exitCode: 0, stderr: '' })
  const before = await place.versions()
  const again = await place.gc('install', ...idle)
  expect(again).toMatchObject({ exitCode: 0, stderr: '' })
  for (const line of lines(again.stdout)) expect(line).toMatch(/ unchanged$/)
  const isRecord = (line: string) => line.startsWith('Secret/kubectl-gc.')
  expect((await place.versions()).filter((line) => !isRecord(line))).toEqual(before.filter((line) => !isRecord(line)))

  expect(await place.gc('uninstall', '--delete-data')).toMatchObject({ exitCode: 0 })
  expect(named(await other.versions())).toEqual(named(before))
  expect(await succeed('kubectl', ['get', 'namespace', place.name, '--ignore-not-found'])).toBe('')
  const nothing = await place.gc('uninstall')
  expect(nothing).toMatchObject({ exitCode: 0, stdout: '', stderr: expect.stringContaining('nothing of sessions') })
})

test.concurrent('upgrade keeps what it is not given, prunes what is made no more, and leaves data', async ({
  place,
}) => {
  await place.gc('install', ...idle, '--set', 'backups.enabled=true', '--dolt-storage', '2Gi')
  const stranger = ['configmap', 'stranger', '--from-literal=a=b']
  await place.kubectl('create', ...stranger)
  const upgraded = await place.gc('upgrade', '--wait=false', '--set', 'backups.enabled=false')
  expect(upgraded).toMatchObject({ exitCode: 0 })
  expect(upgraded.stdout).toContain('cronjob.batch/dolt-backup pruned\n')
  expect(upgraded.stderr).toContain('kubectl delete persistentvolumeclaim/dolt-backups --namespace')
  const { spec } = await json(place, 'statefulset', 'dolt')
  expect(spec.volumeClaimTemplates[0].spec.resources.requests).toEqual({ storage: '2Gi' })
  await place.kubectl('get', 'configmap', 'stranger')

  // What the server refuses is found before anything is changed.
  const before = await place.versions()
  const refused = await place.gc('upgrade', '--wait=false', '--set', 'dolt.storage=3Gi', '--set', 'quota.hard.pods=1')
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('error: statefulset.apps/dolt: ') })
  expect(await place.versions()).toEqual(before)

  const gone = await place.gc('uninstall')
  expect(gone.stderr).toContain('persistentvolumeclaim/dolt-backups kept: it holds data\n')
  expect(gone.stderr).toContain('configmap/stranger')
  const claims = ['dolt-backups', 'dolt-data-dolt-0']
  expect(named(await place.versions())).toEqual(claims.map((name) => `PersistentVolumeClaim/${name}`))
  const removed = claims.map((name) => `persistentvolumeclaim/${name} deleted\n`).join('')
  expect((await place.gc('uninstall', '--delete-data')).stdout).toBe(removed)
  expect(await place.versions()).toEqual([])
})

test.concurrent('diff tells what upgrade would change, as kubectl diff does, and changes nothing', async ({
  place,
}) => {
  const fresh = await place.gc('diff')
  expect(fresh).toMatchObject({ exitCode: 1, stderr: '' })
  expect(fresh.stdout).toContain(`diff -u -N LIVE/apps.v1.StatefulSet.${place.name}.dolt MERGED/`)
  expect(fresh.stdout).toContain('\n+kind: StatefulSet\n')
  await place.gc('install', ...idle)
  expect(await place.gc('diff')).toEqual({ exitCode: 0, stdout: '', stderr: '' })

  const change = ['--set', 'dolt.limits.memory=3Gi', '--set', 'dolt.clients=namespace']
  const before = await place.versions()
  const ours = await place.gc('diff', ...change)
  expect(ours).toMatchObject({ exitCode: 1, stderr: '' })
  const objects = (await place.gc('render', 'sessions', ...change, ...idle.slice(1))).stdout
  const theirs = await run('kubectl', ['diff', '--server-side', '--field-manager=kubectl-gc', '-f', '-'], {
    stdin: objects,
  })
  // The label of members is no part of the rendering, and kubectl shows what the server writes too.
  const noise = /applyset|generation:|^. {2}(uid|creationTimestamp):|^(---|\+\+\+)/
  const changed = (diff: string) => lines(diff).filter((line) => /^[-+]/.test(line) && !noise.test(line))
  expect(changed(ours.stdout)).toEqual(changed(theirs.stdout))
  expect(changed(ours.stdout)).toContain('+            memory: 3Gi')
  expect(await place.versions()).toEqual(before)
  expect(await place.gc('diff', '--set', 'dolt.storag=1Gi')).toMatchObject({ exitCode: 2, stdout: '' })
  expect(await place.gc('diff', '--no-such-flag')).toMatchObject({ exitCode: 2, stdout: '' })
})

test.concurrent('a dry run changes nothing', async ({ place }) => {
  for (const how of ['--dry-run', '--dry-run=server', '--dry-run=client']) {
    const { exitCode, stdout } = await place.gc('install', how)
    expect(exitCode).toBe(0)
    const said = how.endsWith('client') ? ' created (dry run)' : ' created (server dry run)'
    for (const line of lines(stdout)) expect(line.endsWith(said)).toBe(true)
  }
  expect(await succeed('kubectl', ['get', 'namespace', place.name, '--ignore-not-found'])).toBe('')
})

test.concurrent('what others made, or set, is left to them unless it is asked for', async ({ place }) => {
  await place.gc('install', ...idle)
  const { metadata } = await json(place, 'service', 'dolt')
  const part = metadata.labels['applyset.kubernetes.io/part-of']
  const another = 'applyset.kubernetes.io/part-of=applyset-another-v1'
  const owners = [
    ['service', ['label', 'service', 'dolt', another, '--overwrite'], 'the ApplySet applyset-another-v1'],
    [
      'serviceaccount',
      ['annotate', 'sa', 'gc-agent', 'meta.helm.sh/release-name=town', 'meta.helm.sh/release-namespace=n'],
      'the Helm release town in namespace n',
    ],
  ] as const
  for (const [, command] of owners) await place.kubectl(...command)
  await place.kubectl('label', 'serviceaccount', 'gc-agent', 'applyset.kubernetes.io/part-of-')
  await place.kubectl('delete', 'role', 'gc-agent')
  await place.kubectl('create', 'role', 'gc-agent', '--verb=get', '--resource=pods')
  const before = await place.versions()
  const refused = await place.gc('install', ...idle)
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  for (const [, , owner] of owners) expect(refused.stderr).toContain(` belongs to ${owner}`)
  expect(refused.stderr).toContain(
    'role.rbac.authorization.k8s.io/gc-agent belongs to somebody else, who made it with kubectl',
  )
  expect(refused.stderr).toMatch(/\nTry: .* --adopt\n$/)
  expect(await place.versions()).toEqual(before)

  await place.kubectl('patch', 'statefulset', 'dolt', '--type=merge', '--patch', '{"spec":{"replicas":0}}')
  const conflict = await place.gc('install', ...idle, '--adopt')
  expect(conflict).toMatchObject({ exitCode: 1, stdout: '' })
  expect(conflict.stderr).toContain('"kubectl-patch"')
  expect(conflict.stderr).toMatch(/\nTry: .* --force-conflicts\n$/)
  expect(await place.gc('install', ...idle, '--adopt', '--force-conflicts')).toMatchObject({ exitCode: 0 })
  expect((await json(place, 'service', 'dolt')).metadata.labels['applyset.kubernetes.io/part-of']).toBe(part)
  expect((await json(place, 'statefulset', 'dolt')).spec.replicas).toBe(1)
})

test.concurrent('what an earlier version installed is taken on without a restart', async ({ place }) => {
  const objects = (await place.gc('render', 'sessions', ...idle.slice(1))).stdout
  const apply = ['apply', '--server-side', '--field-manager=kubectl-gc', '-f', '-']
  await succeed('kubectl', apply, { stdin: objects })
  const { metadata } = await json(place, 'statefulset', 'dolt')
  expect(await place.gc('upgrade')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Try: install it') })
  expect(await place.gc('install', ...idle)).toMatchObject({ exitCode: 0, stderr: '' })
  const after = await json(place, 'statefulset', 'dolt')
  expect(after.metadata).toMatchObject({ uid: metadata.uid, generation: metadata.generation })
})

test.concurrent('who has rights in the namespace only installs into it', async ({ place }) => {
  const user = `user-of-${place.name}`
  await succeed('kubectl', ['create', 'namespace', place.name])
  await place.kubectl('create', 'rolebinding', 'owner', '--clusterrole=admin', `--user=${user}`)
  const installed = await place.gc('install', '--as', user, '--wait=false')
  expect(installed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('taken as it is') })
  expect(installed.stdout).toContain('rolebinding.rbac.authorization.k8s.io/gc-agent created\n')
  expect(await place.gc('diff', '--as', user)).toMatchObject({ exitCode: 0, stdout: '' })
  const refused = await place.gc('install', 'operator', '--as', user, '--wait=false')
  expect(refused).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('cannot get resource "cluster'),
  })
  expect(await place.gc('uninstall', '--as', user, '--delete-data')).toMatchObject({ exitCode: 0 })
})
