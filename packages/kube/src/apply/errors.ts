import { KubeError } from '../errors.ts'
import type { KubernetesObject } from '../objects.ts'
import { displayName } from './name.ts'

interface Details {
  cause?: unknown
  suggestion?: string | undefined
}

/** Who an object belongs to, in words, and the object. */
export interface Owned {
  object: KubernetesObject
  owner: string
}

/** Objects exist already, and another installation or program made them. Nothing has been changed. */
export class OwnedByOthersError extends KubeError {
  static override readonly name: string = 'OwnedByOthersError'

  readonly objects: readonly Owned[]
  constructor(objects: readonly Owned[]) {
    const told = objects.map(({ object, owner }) => `${displayName(object)} belongs to ${owner}`)
    super(told.join('; '), { suggestion: 'install into another namespace, or take them over with `adopt`' })
    this.objects = objects
  }
}

/** One field that another manager has set to another value. */
export interface FieldConflict {
  object: KubernetesObject
  message: string
}

/** Another field manager owns fields that were to be set. Nothing has been changed. */
export class FieldConflictError extends KubeError {
  static override readonly name: string = 'FieldConflictError'

  readonly conflicts: readonly FieldConflict[]
  constructor(conflicts: readonly FieldConflict[], details: Details = {}) {
    const told = conflicts.map(({ object, message }) => `${displayName(object)}: ${message}`)
    super(told.join('; '), { suggestion: 'leave those fields out, or take them over with `force`', ...details })
    this.conflicts = conflicts
  }
}

/** The server refused one object. `cause` is its answer. */
export class RefusedError extends KubeError {
  static override readonly name: string = 'RefusedError'

  readonly object: KubernetesObject
  constructor(object: KubernetesObject, message: string, details: Details = {}) {
    super(`${displayName(object)}: ${message}`, details)
    this.object = object
  }
}

/** Another run is changing this installation. */
export class InstallationBusyError extends KubeError {
  static override readonly name: string = 'InstallationBusyError'

  constructor({ name, namespace }: { name: string; namespace: string }, cause?: unknown) {
    const message = `another run is changing the installation ${name} in namespace ${namespace}`
    super(message, { cause, suggestion: 'run it again when that one has ended' })
  }
}

/** An object did not become ready. The message says why. */
export class NotReadyError extends KubeError {
  static override readonly name: string = 'NotReadyError'

  readonly object: KubernetesObject
  /** What a container that ended had printed last. */
  readonly output: string
  constructor(object: KubernetesObject, message: string, details: Details & { output?: string | undefined } = {}) {
    super(message, details)
    this.object = object
    this.output = details.output ?? ''
  }
}
