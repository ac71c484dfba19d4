/**
 * Whose variable it is: of the shell script `gc-session-k8s`, of gc's own Kubernetes provider, of a fork of it, or ours.
 */
export type Source = 'script' | 'native provider' | 'fork' | 'ours'

/** How the text of a variable becomes a value, and which values can be used. */
export interface Kind<T> {
  /** The value that the text stands for. May throw on what is none. */
  parse(text: string): unknown
  /** What is wrong with the value, as the end of a sentence; undefined when it is a T. */
  complaint(value: unknown): string | undefined
  /** A value that can be used, as it is written in the variable. */
  example: string
  /** Never read: ties the kind to its type. */
  readonly type?: T
}

/** One variable: what reading it, its documentation and the warning about unknown ones are made from. */
export interface Variable<T> {
  name: `GC_K8S_${string}`
  source: Source
  /** What it is, for the documentation: Markdown, one line. */
  what: string
  kind: Kind<NonNullable<T>>
  /** The text that stands for it where nobody says; `<namespace>` in it is the namespace. */
  otherwise: undefined extends T ? undefined : string
}

/** A variable of whatever type. */
export type AnyVariable = Omit<Variable<unknown>, 'otherwise'> & { otherwise: string | undefined }
