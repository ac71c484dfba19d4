export { DeadlineExceeded } from './deadline.ts'
export * from './errors.ts'
export type { ImageCheck } from './kubernetes/check-image.ts'
export { cityLabel } from './kubernetes/city.ts'
export type { KubernetesSessionProviderOptions, UnknownVariable, VariableSettings } from './kubernetes/options.ts'
export { type KubernetesSessionProvider, kubernetesSessionProvider } from './kubernetes/provider.ts'
export type { RestartOptions } from './kubernetes/restart.ts'
export { variables } from './kubernetes/variables/table.ts'
export type { Kind, Source, Variable } from './kubernetes/variables/variable.ts'
export type { LocalSessionProviderOptions } from './local/options.ts'
export { localSessionProvider } from './local/provider.ts'
export type { MemoryExecResult, MemorySessionProviderOptions } from './memory/options.ts'
export { type MemorySessionProvider, memorySessionProvider } from './memory/provider.ts'
export type { MemoryTerminal } from './memory/terminal.ts'
export type {
  AttachOptions,
  CallOptions,
  CopyFile,
  CopyOptions,
  ExecOptions,
  ExecResult,
  FollowOptions,
  ListOptions,
  LogOptions,
  PeekOptions,
  SessionChange,
  SessionInfo,
  SessionProvider,
  SpawnOptions,
  StartConfig,
  StartOptions,
  StopOptions,
  TerminalSize,
  WatchOptions,
} from './provider.ts'
export type { RunningCommand, Signal } from './run/running-command.ts'
export { Session, type ShowMeta } from './session.ts'
export {
  SESSION_API_VERSION,
  type SessionList,
  type SessionObject,
  toSessionList,
  toSessionObject,
} from './session-object.ts'
export { assertSessionName } from './starting/session-name.ts'
export type { Tmux } from './tmux/tmux.ts'
export type { AttachTerminal } from './verbs/attach.ts'
export type { PeekRange } from './verbs/peek.ts'
