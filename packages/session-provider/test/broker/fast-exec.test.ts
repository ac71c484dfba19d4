import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect } from 'vitest'
import { runOnStream } from '../../src/broker/fast-exec.ts'
import { tmuxLine } from '../../src/exec-provider/tmux-line.ts'
import type { SessionProvider } from '../../src/provider.ts'
import type { Session } from '../../src/session.ts'
import { type LocalTmux, test } from '../support/local-tmux.ts'

interface Outcome {
  exitCode: number
  output: string
}

const { signal } = new AbortController()

/** As the exec verb runs it. */
async function byShell({ transport }: LocalTmux, text: string): Promise<Outcome> {
  const stream = await transport(['sh', '-c', 'exec 2>&1; eval "$1"', 'sh', text], {})
  stream.stdin.end()
  const [exitCode, output] = await Promise.all([stream.exit, buffer(stream.stdout)])
  return { exitCode, output: output.toString('latin1') }
}

/** Undefined where it is left to the shell. */
async function byStream(session: Session, text: string): Promise<Outcome | undefined> {
  const provider = { open: async () => session } as Pick<SessionProvider, 'open'> as SessionProvider
  const line = tmuxLine(Buffer.from(text))
  const output = line && (await runOnStream(provider, 'main', line, signal))
  return output && { exitCode: 0, output: output.toString('latin1') }
}

const quoted = (word: string) => `'${word.replaceAll("'", `'"'"'`)}'`
const text = fc.string({ unit: fc.constantFrom(...'aZ0 -_;#$%&\'"\\~{}[]*?é日🙂\n\t\u001b=:.,!@'), maxLength: 12 })
const target = fc.constantFrom('main', '=main', 'main:', '=main:', 'main:0', 'main:0.0', 'main:7', 'other', 'mai')
const line = fc.oneof(
  fc.tuple(target, fc.constantFrom('', '-S -5', '-S -', '-S 0 -E 3', '-e', '-J -S -3')).map(([t, range]) => {
    return `tmux capture-pane -p -t ${t} ${range}`
  }),
  target.map((t) => `tmux has-session -t ${t}`),
  fc.tuple(target, fc.constantFrom('A', 'B', 'MISSING')).map(([t, name]) => `tmux show-environment -t ${t} ${name}`),
  fc.tuple(target, fc.constantFrom('A', 'B'), text).map(([t, name, value]) => {
    return `tmux set-environment -t ${t} ${name} ${quoted(value)}`
  }),
  fc
    .tuple(target, fc.constantFrom('#{pane_id}', '#{window_width}x', 'plain', '', '#{pane_title}', '#{session_name}'))
    .map(([t, format]) => `tmux display-message -p -t ${t} ${quoted(format)}`),
  target.map((t) => `tmux list-panes -t ${t}`),
  target.map((t) => `tmux list-windows -t ${t}`),
)

test('what goes by the stream prints what a shell prints', { timeout: 60_000 }, async ({ local, session }) => {
  local.tmux('set-option', '-g', 'automatic-rename', 'off')
  local.tmux('send-keys', '-t', '=main:', "printf 'colours \\033[31mred\\033[0m é日🙂\\n\\n%%end 1 1 1\\n'", 'Enter')
  let taken = 0
  await fc.assert(
    fc.asyncProperty(line, async (text) => {
      const stream = await byStream(session, text)
      if (stream === undefined) return
      taken += 1
      expect(await byShell(local, text)).toEqual(stream)
    }),
    { numRuns: 150 },
  )
  expect(taken).toBeGreaterThan(50)
})

test('what is typed by the stream is what a shell types', { timeout: 60_000 }, async ({ local, session, received }) => {
  const typed = fc.oneof(
    text.map((word) => `tmux send-keys -t main -l ${quoted(word)}`),
    text.map((word) => `tmux send-keys -t main -- ${quoted(word)}`),
    fc.constantFrom('Enter', 'C-c', 'Up', 'Space', 'M-x', 'F1').map((key) => `tmux send-keys -t main ${key}`),
  )
  let end = 0
  const next = async () => {
    const mark = Buffer.from(`<${end}>`)
    local.tmux('send-keys', '-t', '=main:', '-l', mark.toString())
    let all = await received()
    while (!all.subarray(end).includes(mark)) all = await received()
    const bytes = all.subarray(end, all.indexOf(mark, end)).toString('latin1')
    end = all.indexOf(mark, end) + mark.length
    return bytes
  }
  await fc.assert(
    fc.asyncProperty(typed, async (line) => {
      const stream = await byStream(session, line)
      if (stream === undefined) return
      expect(stream).toEqual({ exitCode: 0, output: '' })
      const byUs = await next()
      expect(await byShell(local, line)).toEqual(stream)
      expect(byUs).toBe(await next())
    }),
    { numRuns: 60 },
  )
})

test('an error is left to the shell, which words it', async ({ local, session }) => {
  expect(await byStream(session, 'tmux show-environment -t main MISSING')).toBeUndefined()
  expect(await byShell(local, 'tmux show-environment -t main MISSING')).toMatchObject({ exitCode: 1 })
  expect(await byStream(session, 'tmux capture-pane -p -t main:7')).toBeUndefined()
})

test('a screen that a shell would show without its letters is left to the shell', async ({ local, session }) => {
  local.tmux('set-environment', '-g', 'LANG', 'C')
  local.tmux('send-keys', '-t', '=main:', 'é')
  const capture = 'tmux capture-pane -p -t main'
  await expect.poll(() => local.tmux('capture-pane', '-p', '-t', '=main:')).toContain('é')
  expect(await byStream(session, capture)).toBeUndefined()
  local.tmux('set-environment', '-g', 'LANG', 'C.UTF-8')
  expect((await byStream(session, capture))?.output).toContain(Buffer.from('é').toString('latin1'))
})
