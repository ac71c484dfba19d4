import { readFile } from 'node:fs/promises'
import type { Bundle } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import { readAll } from '../input.ts'
import type { Runtime } from '../runtime.ts'
import { chosen } from './chosen.ts'

export interface GivenValues {
  /** Files of values; - is standard input. */
  values?: string[] | undefined
  /** Assignments. */
  set?: string[] | undefined
  overlay?: string | undefined
}

/**
 * The values that a command line gives, the later before the earlier: of an overlay, of files, one by one.
 * @param below values that go after all of these
 * @throws {UsageError} a file that cannot be read, or an overlay that the bundle does not have
 */
export async function valuesOf(
  bundle: Bundle,
  { values = [], set = [], overlay }: GivenValues,
  runtime: Pick<Runtime, 'stdin' | 'signal'>,
  below: object = {},
): Promise<object> {
  const { assign, mergeValues } = await import('@kubectl-gc/manifests')
  const variant = overlay === undefined ? {} : chosen('overlay', bundle.overlays ?? {}, overlay).values
  let merged = mergeValues(below, variant) as object
  for (const file of values) merged = mergeValues(merged, await read(file, runtime)) as object
  return set.reduce((all, assignment) => assign(bundle, all, assignment), merged)
}

async function read(file: string, { stdin, signal }: Pick<Runtime, 'stdin' | 'signal'>): Promise<object> {
  const { parse } = await import('yaml')
  let values: unknown
  try {
    values = parse((file === '-' ? await readAll(stdin, signal) : await readFile(file)).toString()) ?? {}
  } catch (error) {
    signal.throwIfAborted()
    throw new UsageError(`${file}: ${error instanceof Error ? error.message : String(error)}`, undefined, error)
  }
  if (typeof values === 'object' && values !== null && !Array.isArray(values)) return values
  throw new UsageError(`${file}: values are a mapping, such as dolt: {storage: 50Gi}`)
}
