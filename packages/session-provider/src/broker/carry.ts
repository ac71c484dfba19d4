import { isAbsolute } from 'node:path'
import { Readable } from 'node:stream'
import { withDeadline } from '../deadline.ts'
import { isSessionError } from '../errors.ts'
import { type Operation, write } from '../exec-provider/call.ts'
import { carryOut, complete } from '../exec-provider/carry-out.ts'
import { operations } from '../exec-provider/operations.ts'
import { readStartDocument } from '../exec-provider/start-document.ts'
import { tmuxLine } from '../exec-provider/tmux-line.ts'
import { unknownVariable } from '../exec-provider/unknown-variable.ts'
import { toSessionError } from '../kubernetes/failure.ts'
import { readSettings } from '../kubernetes/settings.ts'
import { unknownVariables } from '../kubernetes/variables/unknown.ts'
import type { SessionProvider } from '../provider.ts'
import { runOnStream } from './fast-exec.ts'
import { Lives } from './lives.ts'
import { ProcessLists } from './process-lists.ts'
import type { Providers } from './providers.ts'
import type { Request } from './request.ts'
import { type Exchange, Refused } from './serve-connection.ts'
import { travelOf } from './travelling.ts'

/** Milliseconds for making sure, after a start, that lists have the session. */
const SETTLING = 2000

/** Carries out the operations of `gc-session-k8s` for clients. */
export class Carrier {
  readonly #providers: Providers
  readonly #server: string
  readonly #lives = new Lives()
  readonly #processes = new ProcessLists(50)

  /** @param server the API server's URL */
  constructor(providers: Providers, server: string) {
    this.#providers = providers
    this.#server = server
  }

  /** Resolves with the exit code. @throws {Refused} the client is to do it itself */
  async carry(exchange: Exchange): Promise<number> {
    const { request, stderr, signal } = exchange
    const { operation, name, env } = request
    if (travelOf(operation) === undefined) throw new Refused(`${operation} does not travel`)
    if (operation === 'start' && needsCallersFolder(exchange.input)) throw new Refused('it has relative paths')
    for (const variable of unknownVariables(env)) stderr.write(unknownVariable(variable))
    const session = `${env.GC_K8S_NAMESPACE}/${name}`
    if (operation === 'start') return this.#lives.start(session, signal, (either) => this.#start(exchange, either))
    if (operation === 'stop') return this.#lives.stop(session, () => this.#run(exchange, signal))
    return this.#run(exchange, signal)
  }

  async #start(exchange: Exchange, signal: AbortSignal): Promise<number> {
    const exitCode = await this.#run(exchange, signal)
    const { name, env } = exchange.request
    const { namespace } = await this.#providers.for(env)
    const memory = exitCode === 0 ? this.#providers.memoryOf(namespace) : undefined
    await memory?.started(name, AbortSignal.timeout(SETTLING)).catch(() => memory.stop())
    return exitCode
  }

  #run({ request, input, stdout, stderr }: Exchange, signal: AbortSignal): Promise<number> {
    const { operation, name, args, env } = request
    return carryOut(operation, stderr, async () => {
      signal.throwIfAborted()
      const carry = operations[operation] as Operation
      const provider = await this.#providers.for(env)
      const quick = await this.#quickly(request, input, provider, signal)
      if (quick !== undefined) return await write(stdout, quick).then(() => 0)
      const stdin = Readable.from([input])
      return await complete(carry, { operation, provider, name, args, stdin, stdout, stderr, signal })
    })
  }

  /** What is known sooner over what is kept open; undefined: it is to be found out as everywhere. */
  async #quickly(
    { operation, name, env }: Request,
    input: Buffer,
    provider: SessionProvider,
    signal: AbortSignal,
  ): Promise<Buffer | string | undefined> {
    const line = operation === 'exec' ? tmuxLine(input) : undefined
    if (line === undefined && (operation !== 'process-alive' || name === '')) return undefined
    const { verb } = readSettings({ env }).timeouts
    const doing = `cannot reach session "${name}"`
    const answer = withDeadline(verb, doing, signal, async (inTime) => {
      if (line !== undefined) return await runOnStream(provider, name, line, inTime)
      const names = input.toString().split('\n').filter(Boolean)
      const key = JSON.stringify([Object.entries(env).sort(), name])
      return `${await this.#processes.isAlive(provider, name, key, names, inTime)}\n`
    })
    return await answer.catch((error) => {
      throw toSessionError(error, doing, this.#server)
    })
  }
}

/** Whether a start document names files by paths that only its sender knows the folder of. */
function needsCallersFolder(document: Buffer): boolean {
  try {
    const { workDir, overlayDir, sessionSetupScript, packOverlayDirs, copyFiles } = readStartDocument(
      document.toString(),
    )
    const paths = [
      workDir,
      overlayDir,
      sessionSetupScript,
      ...(packOverlayDirs ?? []),
      ...(copyFiles ?? []).map(({ src }) => src),
    ]
    return paths.some((path) => path !== undefined && !isAbsolute(path))
  } catch (error) {
    if (isSessionError(error)) return false // it is told why when it is carried out
    throw error
  }
}
