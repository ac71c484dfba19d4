import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect } from 'vitest'
import { quickest } from './support/patience.ts'
import { environment } from './support/run.ts'
import { steppingProxy } from './support/stepping-proxy.ts'
import { test as base } from './support/test.ts'
import { inParallel } from './support/verb-calls.ts'

const FULL = process.env.KUBECTL_GC_TEST_FULL !== undefined
/** Milliseconds that gc waits between SIGTERM and SIGKILL. */
const GRACE = 2000
/** Steps above which a walk is not over by itself: no start takes so many. */
const TOO_MANY = 300

interface Killed {
  /** What it was about to do, after how many steps; undefined: it ended before. */
  step: string | undefined
  exitCode: number | null
  stderr: string
  /** Between the signal and the end of the process. */
  milliseconds: number
}

/** Starts sessions and kills the start at a step of its talk with the API server. */
type Kill = (name: string, document: object, at: number, signal: NodeJS.Signals) => Promise<Killed>

const test = base.extend<{ folder: string; kill: Kill }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest wants a destructured parameter
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'gc-killed-'))
    await use(folder)
    await rm(folder, { recursive: true })
  },
  kill: async ({ namespace }, use) => {
    await use(async (name, document, at, signal) => {
      let count = 0
      let step: string | undefined
      let asked = 0
      await using proxy = await steppingProxy((next) => {
        if (count++ !== at) return
        step = `${next} (step ${at})`
        asked = performance.now()
        child.kill(signal)
      })
      const own = {
        KUBECONFIG: proxy.kubeconfig,
        GC_K8S_NAMESPACE: namespace,
        GC_K8S_CONTEXT: '',
        GC_K8S_BROKER: 'off',
      }
      const child = spawn('gc-session-k8s', ['start', name], {
        env: { ...process.env, ...environment, ...own },
        stdio: ['pipe', 'ignore', 'pipe'],
      })
      child.stdin.on('error', () => {}) // it may be killed before it reads
      child.stdin.end(JSON.stringify(document))
      const said = text(child.stderr)
      const exitCode = await new Promise<number | null>((resolve) => child.on('exit', resolve))
      const milliseconds = performance.now() - asked
      return { step, exitCode, stderr: await said, milliseconds }
    })
  },
})

const plain = { command: 'sleep 300' }
/** With something of each kind: files, commands before and after, a prompt, a first message. */
async function staged(folder: string): Promise<object> {
  const workDir = join(folder, 'work')
  await mkdir(workDir, { recursive: true })
  await writeFile(join(workDir, 'file'), 'x'.repeat(100_000))
  return {
    ...{ command: 'printf "> "; cat', work_dir: workDir, pre_start: ['true'], session_setup: ['true'] },
    ...{ process_names: ['cat'], ready_prompt_prefix: '>', nudge: 'begin' },
  }
}

/** Kills at step 0, 1, 2, ..., or at every so many-th, until a start gets by; how many steps that were. */
async function walk(
  { width, stride }: { width: number; stride: number },
  visit: (at: number) => Promise<'killed' | 'got by'>,
): Promise<number> {
  let end = TOO_MANY
  await inParallel(
    Array.from({ length: TOO_MANY / stride }, (_, index) => index * stride),
    width,
    async (at) => {
      if (at < end && (await visit(at)) === 'got by') end = Math.min(end, at)
    },
  )
  return end
}

/** The phases of a session's pods that are not being deleted. */
async function left(kubectl: (...args: string[]) => Promise<string>, session: string): Promise<string> {
  const { items } = JSON.parse(await kubectl('get', 'pods', '-l', `gc-session=${session}`, '-o', 'json'))
  return items.flatMap(({ metadata, status }: PodLike) => (metadata.deletionTimestamp ? [] : [status.phase])).join()
}

interface PodLike {
  metadata: { deletionTimestamp?: string }
  status: { phase: string }
}

// Of the steps, one in `stride` is taken, but for a full run.
const documents = [
  { what: 'with nothing to stage', document: async () => plain, steps: 10, stride: 1 },
  { what: 'with all that can be staged', document: staged, steps: 30, stride: 5 },
]

test.for(documents)(
  'SIGTERM at any step of a start $what: within 2 s no process and no pod',
  { timeout: 600_000 },
  async ({ document, steps, stride }, { folder, kill, kubectl, verb }) => {
    const start = await document(folder)
    const count = await walk({ width: 3, stride: FULL ? 1 : stride }, async (at) => {
      const name = `ended-${steps}-${at}`
      let seen: string | undefined
      const took = await quickest(GRACE, async () => {
        const { step, exitCode, stderr, milliseconds } = await kill(name, start, at, 'SIGTERM')
        seen = step
        const pods = await left(kubectl, name)
        if (step === undefined) expect(exitCode).toBe(0)
        // told before its last step, it may have been done already
        else if (exitCode !== 0) expect.soft({ step, pods, stderr }).toMatchObject({ step, pods: '' })
        if (exitCode === 0) await verb(['stop', name])
        return step === undefined ? 0 : milliseconds
      })
      expect.soft(took, seen).toBeLessThan(GRACE)
      return seen === undefined ? 'got by' : 'killed'
    })
    expect(count).toBeGreaterThan(steps)
    expect(count).toBeLessThan(TOO_MANY)
    await expect.poll(() => kubectl('get', 'pods', '-o', 'name')).toBe('')
  },
)

test.for(documents)(
  'SIGKILL at any step of a start $what: within 60 s a session, nothing, or what the next start replaces',
  { timeout: 3_600_000, skip: !FULL },
  async ({ document, steps }, { folder, kill, kubectl, verb }) => {
    const start = await document(folder)
    const count = await walk({ width: 6, stride: 1 }, async (at) => {
      const name = `killed-${steps}-${at}`
      const { step } = await kill(name, start, at, 'SIGKILL')
      const state = async () => {
        if ((await verb(['is-running', name])).stdout === 'true\n') return 'a session'
        const pods = await left(kubectl, name)
        return pods === '' ? 'nothing' : pods === 'Failed' ? 'finished' : `${pods} at ${step}`
      }
      await expect.poll(state, { timeout: 60_000, interval: 1000 }).toMatch(/^(a session|nothing|finished)$/)
      if ((await state()) !== 'a session') {
        expect((await verb(['list-running', name])).stdout).toBe('')
        expect.soft(await verb(['start', name], JSON.stringify(plain)), step).toMatchObject({ exitCode: 0 })
      }
      await verb(['stop', name])
      return step === undefined ? 'got by' : 'killed'
    })
    expect(count).toBeGreaterThan(steps)
    expect(count).toBeLessThan(TOO_MANY)
  },
)
