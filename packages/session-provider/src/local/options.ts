/** Where sessions of this machine are kept, and what their agents inherit. */
export interface LocalSessionProviderOptions {
  /**
   * The folder that holds a folder a session; only its owner may read it. Its path must be short, because the kernel
   * limits the paths of sockets. Default `$XDG_STATE_HOME/kubectl-gc/sessions`, else
   * `~/.local/state/kubectl-gc/sessions`.
   */
  root?: string | undefined
  /** The folder that agents work in when their start names none. Default: this process's working folder. */
  workDir?: string | undefined
  /** The environment that agents inherit, under what a start gives them. Default: this process's environment. */
  env?: NodeJS.ProcessEnv | undefined
}

/** The options with their defaults applied. */
export interface Settings {
  root: string
  workDir: string
  env: NodeJS.ProcessEnv
}
