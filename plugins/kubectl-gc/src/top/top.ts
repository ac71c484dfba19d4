import { emitKeypressEvents } from 'node:readline'
import { explain } from '../errors/explain.ts'
import type { Runtime, Sessions } from '../runtime.ts'
import { Freshness, keepAsking } from './freshness.ts'
import { takeScreen } from './screen.ts'
import { initial, type Key, type State, withChange, withKey } from './state.ts'
import { viewOf } from './view.ts'

/** Milliseconds after which ages are counted anew, and a pane that could not be read is tried again. */
const TICK = 1000

/** Shows sessions live on the whole screen until the person leaves; the terminal is put back however that ends. */
export async function top(sessions: Sessions, runtime: Runtime): Promise<void> {
  const { provider, namespace } = sessions
  const { stdin, stdout } = runtime
  const leaving = new AbortController()
  const signal = AbortSignal.any([runtime.signal, leaving.signal])
  const failure = Promise.withResolvers<never>()
  const freshness = new Freshness(runtime.now())
  let state = initial
  let looking: { at: string; end: AbortController } | undefined

  using screen = takeScreen(runtime)
  const draw = () => {
    if (stdout.writableNeedDrain) return // a slow line: what is newest is drawn once it takes more
    const { columns = 80, rows = 24 } = stdout
    screen.show(viewOf(state, { namespace, now: runtime.now(), columns, rows }))
  }
  const become = (next: Partial<State>) => {
    state = { ...state, ...next }
    look()
    draw()
  }
  /** Follows the pane of the session that is selected now. */
  const look = () => {
    const session = state.sessions.find(({ name }) => name === state.selected)
    const at = session?.phase === 'Running' ? `${session.name} ${session.pod} ${session.createdAt.getTime()}` : ''
    if (at === (looking?.at ?? '')) return
    looking?.end.abort()
    looking = { at, end: new AbortController() }
    if (session !== undefined && at !== '') void follow(session.name, AbortSignal.any([signal, looking.end.signal]))
  }
  const follow = async (name: string, until: AbortSignal) => {
    const note = (paneNote: string) => until.aborted || become({ paneNote })
    try {
      for await (const pane of provider.peek(name, { follow: true, lines: stdout.rows ?? 24, signal: until })) {
        if (!until.aborted) become({ pane, paneNote: '' })
      }
      note('the session has ended')
    } catch (error) {
      note(explain(error).line)
      if (!until.aborted) looking = undefined
    }
  }
  const watch = async () => {
    const onLive = (isLive: boolean) => freshness.live(isLive, runtime.now())
    for await (const change of provider.watch({ signal, onLive })) become(withChange(state, change))
  }
  const nudge = async (name: string, text: string) => {
    const notice = await provider.nudge(name, text, { signal }).then(
      () => `nudged ${name}`,
      (error) => explain(error).line,
    )
    become({ notice })
  }
  const press = (_text: string | undefined, key: Key) => {
    const { state: next, wish } = withKey(state, key)
    become(next)
    if (wish?.do === 'quit') leaving.abort()
    if (wish?.do === 'nudge') void nudge(wish.name, wish.text)
  }
  const resize = () => {
    screen.clear()
    draw()
  }

  emitKeypressEvents(stdin)
  stdin.on('keypress', press)
  stdin.resume()
  stdout.on('resize', resize)
  stdout.on('drain', draw)
  const ticking = setInterval(() => become({ oldSince: freshness.oldSince }), TICK)
  const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  try {
    draw()
    watch().catch((error) => signal.aborted || failure.reject(error))
    void keepAsking(sessions.reachServer, () => freshness.answered(runtime.now()), signal)
    await Promise.race([left, failure.promise])
    runtime.signal.throwIfAborted()
  } finally {
    leaving.abort()
    clearInterval(ticking)
    stdin.off('keypress', press)
    stdout.off('resize', resize)
    stdout.off('drain', draw)
  }
}
