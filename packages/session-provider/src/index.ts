export { DeadlineExceeded } from './deadline.ts'
export * from './errors.ts'
export { assertSessionName } from './kubernetes/names.ts'
export type { KubernetesSessionProviderOptions } from './kubernetes/options.ts'
export { kubernetesSessionProvider } from './kubernetes/provider.ts'
export type { LocalSessionProviderOptions } from './local/options.ts'
export { localSessionProvider } from './local/provider.ts'
export type {
  CallOptions,
  ExecOptions,
  ExecResult,
  LogOptions,
  PeekOptions,
  SessionInfo,
  SessionProvider,
  StartConfig,
  StartOptions,
  StopOptions,
} from './provider.ts'
export { Session } from './session.ts'
export type { AttachTerminal } from './verbs/attach.ts'
