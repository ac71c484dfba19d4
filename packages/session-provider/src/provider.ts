import type { RunningCommand } from './run/running-command.ts'
import type { Session } from './session.ts'
import type { AttachTerminal } from './verbs/attach.ts'

/**
 * What a session runs, and what its place holds before. Every field has a default. Paths are those of the starting
 * side; commands run where the session is.
 */
export interface StartConfig {
  /** A shell command line for the agent. Default: an interactive `/bin/bash`, or `/bin/sh` where there is none. */
  command?: string | undefined
  /**
   * The directory that the agent works in. Its content is copied into the session's workspace: below `GC_CITY` of `env`
   * to the same place there, else to the top. Default: nothing is copied.
   */
  workDir?: string | undefined
  /** `one_shot`: the agent is expected to end, and one that ends with code 0 while it starts has started well. */
  lifecycle?: 'one_shot' | undefined
  /**
   * Environment of the agent, taken literally; undefined: not set, though the provider would set it. Variables that gc
   * knows are put in the session's terms: see `docs/reference/start-document.md`.
   */
  env?: Record<string, string | undefined> | undefined
  /**
   * Names of processes that show that the agent has begun. One of them is waited for, for 30 s, or 5 s in which no process
   * comes or goes; without one the start goes on, with a warning. Not for a `one_shot`. Default: none is waited for.
   */
  processNames?: string[] | undefined
  /** Typed and submitted once the session takes input. */
  nudge?: string | undefined
  /** The beginning of a line on the screen that shows that the agent takes input. Default: none is waited for. */
  readyPromptPrefix?: string | undefined
  /** Milliseconds to wait, after the prompt where there is one, before anything is typed. Default 0. */
  readyDelayMs?: number | undefined
  /** Shell commands that run before the agent, in its directory. One that fails ends the start. */
  preStart?: string[] | undefined
  /** Shell commands that run once the session takes input, at most 10 s each. One that fails is a warning. */
  sessionSetup?: string[] | undefined
  /** A file with a shell script, run after them. */
  sessionSetupScript?: string | undefined
  /** Shell commands that may run again at any time; run after those. */
  sessionLive?: string[] | undefined
  /** Folders whose content goes into the workspace, in this order, before `overlayDir`. */
  packOverlayDirs?: string[] | undefined
  /** A folder whose content goes into the workspace. */
  overlayDir?: string | undefined
  /** Files and folders for the workspace. */
  copyFiles?: CopyFile[] | undefined
}

/** A file, or a folder, of which the content is copied. */
export interface CopyFile {
  src: string
  /** Path below the workspace: of the file, or of the folder that gets the content. Default: the file's own name; the top. */
  relDst?: string | undefined
}

/** What every call takes. Once `signal` fires, the call rejects with its reason. */
export interface CallOptions {
  signal?: AbortSignal | undefined
}

/** Which sessions are told of. */
export interface ListOptions extends CallOptions {
  /** Those of every namespace. Where a place has no namespaces, this changes nothing. Default: those of the provider's own. */
  allNamespaces?: boolean | undefined
}

/** Which changes are told of. */
export interface WatchOptions extends ListOptions {
  /**
   * Told when changes begin to be heard of, and when they no longer are because the connection was lost, which is then
   * made again. Where nothing lies between, that never happens.
   */
  onLive?: ((isLive: boolean) => void) | undefined
}

/** How a start is followed while it goes on. */
export interface StartOptions extends CallOptions {
  /** Told of each step of a start, for a person to read. */
  onProgress?: ((step: string) => void) | undefined
  /** Told of what went wrong without ending the start. */
  onWarning?: ((warning: string) => void) | undefined
}

/** How long a stop waits for the agent. */
export interface StopOptions extends CallOptions {
  /** Seconds between the hang-up and the kill. Default 5. */
  gracePeriodSeconds?: number | undefined
}

/** How much of the terminal a peek gives. */
export interface PeekOptions extends CallOptions {
  /** The last so many lines; 0 or less: all that the history holds. Default 50. */
  lines?: number | undefined
}

/** A peek that goes on: at once, and again at each change. */
export interface FollowOptions extends PeekOptions {
  follow: true
}

/** What a command that runs beside the agent gets on its standard input. Default: nothing. */
export interface ExecOptions extends CallOptions {
  stdin?: string | Uint8Array | undefined
}

/** The size of a terminal, in character cells. */
export interface TerminalSize {
  columns: number
  rows: number
}

/** How a command is started beside the agent. */
export interface SpawnOptions extends CallOptions {
  /**
   * All that the command reads; when empty it has no standard input. Default: `RunningCommand.stdin` is yours to write
   * and to end. Give it here where you know it: containerd 1.6 now and then loses all that a command prints in the
   * moment in which its standard input is closed.
   */
  stdin?: string | Uint8Array | undefined
  /**
   * Give the command a terminal of this size. All that it prints is then on `RunningCommand.stdout`, and a signal that
   * ends it is `SIGHUP`. Clusters only. Default: none.
   */
  tty?: TerminalSize | undefined
}

/** How a copy into a session goes. */
export interface CopyOptions extends CallOptions {
  /** The folder of the session below which the target is, such as `/`. Default: its workspace. */
  root?: string | undefined
  /** Told, as the copy goes on, how many bytes have been sent in all. */
  onProgress?: ((bytes: number) => void) | undefined
}

/** Which part of the log is read. */
export interface LogOptions extends CallOptions {
  /** Go on with what comes, until the container ends. */
  follow?: boolean | undefined
  /** Only the last so many lines. */
  tailLines?: number | undefined
  /** No more bytes than these, be it in the middle of a line. */
  limitBytes?: number | undefined
  /** Only what was printed in the last so many seconds; not together with `sinceTime`. Clusters only, which keep times. */
  sinceSeconds?: number | undefined
  /** Only what was printed since. Clusters only. */
  sinceTime?: Date | undefined
  /** Begin each line with when it was printed. Clusters only. */
  timestamps?: boolean | undefined
  /** What the container printed before it was started again. Clusters only. */
  previous?: boolean | undefined
}

/** What a command that ran beside the agent has left: its exit code, and all its output. */
export interface ExecResult {
  exitCode: number
  stdout: Buffer
  stderr: Buffer
}

/** One session as a list shows it. */
export interface SessionInfo {
  /** The session's name, as `start` was given it. */
  name: string
  namespace: string
  /** Running: it takes input. Starting: its pod is not up yet. Stopping: its pod is being deleted. Finished: the agent has ended. */
  phase: 'Starting' | 'Running' | 'Stopping' | 'Finished'
  /** Why, in Kubernetes' words, when the phase alone does not say: `ErrImagePull`, `Unschedulable`, `Error`. */
  reason: string | undefined
  /** Kubernetes' sentence on the reason, when there is one. */
  message: string | undefined
  /** The agent's exit code once Finished. */
  exitCode: number | undefined
  /** The agent's name, from GC_ALIAS or GC_AGENT; `unknown` without. */
  agent: string
  pod: string
  image: string
  node: string | undefined
  createdAt: Date
  /** The pod's labels; empty where there is no pod. */
  labels: Record<string, string>
  /** What `setMeta` copied for people to see. The session's own tmux environment is what counts. */
  meta: Record<string, string>
}

/** How a terminal joins a session. */
export interface AttachOptions extends CallOptions {
  /** Keys do nothing but leave, and the window keeps its size. Default false. */
  readOnly?: boolean | undefined
  /** Whether the status line says for four seconds, or until a key is pressed, which key leaves. Default false. */
  showDetachKey?: boolean | undefined
}

/** A session that came, changed or went; with what it was last, if it went. */
export interface SessionChange {
  type: 'added' | 'changed' | 'removed'
  session: SessionInfo
}

/**
 * Runs agent sessions and reaches them. One implementation a place where sessions can run.
 * Every method rejects with a SessionError, and with the signal's reason when it was aborted.
 */
export interface SessionProvider extends AsyncDisposable {
  /**
   * Starts a session and resolves once it takes input and its agent has lived for 0.1 s; where the start goes on for
   * longer, the agent lived at its end, or when it was sent its first message. An agent that ends later has started, and
   * `describe` tells how it ended. A start that fails removes what it made; one that is aborted does not wait until that
   * is gone.
   * @throws {SessionExists} a session of this name runs or starts
   * @throws {InvalidSessionName} empty, over 253 characters, or not printable ASCII
   * @throws {SessionStartFailed} Kubernetes could not run it, or its agent has ended already; `reason` says why
   */
  start(name: string, config?: StartConfig, options?: StartOptions): Promise<Session>
  /**
   * Hangs up, waits for the grace period, and resolves once the name is free. Stopping what is not there succeeds.
   * @returns whether there was anything to stop
   */
  stop(name: string, options?: StopOptions): Promise<boolean>
  /** The running session of this name. @throws {SessionNotFound} */
  open(name: string, options?: CallOptions): Promise<Session>
  /** Whether tmux has the session now, asked live. A session that is not there is false; a failure is an error. */
  isRunning(name: string, options?: CallOptions): Promise<boolean>
  /** Names of running sessions that begin with `prefix`, sorted. */
  listRunning(prefix?: string, options?: CallOptions): Promise<string[]>
  /** Every session, finished and failed ones too, sorted by name. */
  list(options?: ListOptions): Promise<SessionInfo[]>
  /** One session of any phase, or undefined. */
  describe(name: string, options?: CallOptions): Promise<SessionInfo | undefined>
  /**
   * Every session as `added`, then each change, until the iteration is left, the signal aborts or the provider is
   * closed. Changes that follow fast on one another may be told as one.
   */
  watch(options?: WatchOptions): AsyncIterableIterator<SessionChange>
  /** Types a message and submits it. @throws {SessionNotFound} @throws {OutcomeUnknown} */
  nudge(name: string, text: string | Uint8Array, options?: CallOptions): Promise<void>
  /** The last lines of the terminal; with `follow`, at once and again at each change, until the session ends. */
  peek(name: string, options: FollowOptions): AsyncIterableIterator<string>
  peek(name: string, options?: PeekOptions & { follow?: false }): Promise<string>
  /** Presses keys, named as tmux names them (`Enter`, `C-c`); what names no key is typed. */
  sendKeys(name: string, keys: readonly string[], options?: CallOptions): Promise<void>
  /** Forgets the lines that have left the screen. */
  clearScrollback(name: string, options?: CallOptions): Promise<void>
  /** When the terminal last changed, to the second. @throws {SessionNotFound} */
  lastActivity(name: string, options?: CallOptions): Promise<Date>
  /** Whether a person's terminal is attached. @throws {SessionNotFound} */
  isAttached(name: string, options?: CallOptions): Promise<boolean>
  /**
   * Whether any of these names is the name of a process where the session is: of its program, or of the script that the
   * program runs. No names: true. A session that is not there: false.
   */
  processAlive(name: string, processNames: readonly string[], options?: CallOptions): Promise<boolean>
  /** What C-c does at the session's terminal. */
  interrupt(name: string, options?: CallOptions): Promise<void>
  /**
   * Sets a key of the session's metadata, where the agent sees it too.
   * @throws {SessionNotFound}
   * @throws {InvalidArgument} the key is no variable name, or the value is over 96 KiB or holds a NUL byte
   */
  setMeta(name: string, key: string, value: string, options?: CallOptions): Promise<void>
  /** The value, or undefined when it is not set. */
  getMeta(name: string, key: string, options?: CallOptions): Promise<string | undefined>
  /** Removes a key. Removing what is not set succeeds. */
  removeMeta(name: string, key: string, options?: CallOptions): Promise<void>
  /** Every key that is set. */
  listMeta(name: string, options?: CallOptions): Promise<Record<string, string>>
  /** Joins a terminal to the session until either detaches or the session ends; resolves with tmux's exit code. */
  attach(name: string, terminal: AttachTerminal, options?: AttachOptions): Promise<number>
  /** Runs a command beside the agent. A non-zero exit code is a result, not an error. */
  exec(name: string, command: string[], options?: ExecOptions): Promise<ExecResult>
  /**
   * Starts a command beside the agent, its streams open; resolves once it runs.
   * @throws {SessionNotFound}
   * @throws {InvalidArgument} it is to have a terminal, and this place gives none
   */
  spawn(name: string, command: string[], options?: SpawnOptions): Promise<RunningCommand>
  /**
   * Copies a file, or the content of a folder, into the session. Permissions, times, symbolic links, empty folders and
   * names of any bytes are kept. Needs `tar` in the image.
   * @param target a path below the session's workspace, or below `root`: of the file, or of the folder that gets the content
   * @throws {SourceNotFound} there is no such source
   * @throws {CopyFailed} not all of it arrived
   */
  copyTo(name: string, source: string, target?: string, options?: CopyOptions): Promise<void>
  /** The bytes of a file of the session. @throws {SourceNotFound} @throws {CopyFailed} not all of it came over */
  copyFrom(name: string, path: string, options?: CallOptions): AsyncIterableIterator<Uint8Array>
  /**
   * What the container has printed: the mirrored pane.
   * @throws {InvalidArgument} a part of it is asked for that this place cannot tell from the rest
   */
  logs(name: string, options?: LogOptions): AsyncIterableIterator<Uint8Array>
  /** Closes connections. Sessions go on, but for those in memory, which nothing else keeps. */
  close(): Promise<void>
}
