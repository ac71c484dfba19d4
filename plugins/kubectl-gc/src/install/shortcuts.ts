import type { Bundle } from '@kubectl-gc/manifests'
import { UsageError } from '../errors/usage.ts'
import * as Flags from '../flags/define.ts'
import { quantityFlag } from '../flags/quantity.ts'

/** Values of the bundle sessions that have flags of their own. */
export const shortcutFlags = {
  'dolt-image': Flags.string({ helpValue: 'IMAGE', summary: 'Image that Dolt runs from.' }),
  'dolt-storage': quantityFlag({ helpValue: 'SIZE', summary: "Size of Dolt's volume (default 10Gi)." }),
  'storage-class': Flags.string({
    helpValue: 'NAME',
    summary: "StorageClass of Dolt's volume (default the cluster's).",
  }),
  'cpu-request': quantityFlag({ helpValue: 'CPU', summary: 'CPU to reserve for Dolt (default 500m).' }),
  'memory-request': quantityFlag({ helpValue: 'SIZE', summary: 'Memory to reserve for Dolt (default 1Gi).' }),
  'cpu-limit': quantityFlag({ helpValue: 'CPU', summary: 'CPU that Dolt may use (default 2).' }),
  'memory-limit': quantityFlag({ helpValue: 'SIZE', summary: 'Memory that Dolt may use (default 4Gi).' }),
  'pod-security': Flags.option({
    helpValue: 'LEVEL',
    options: ['restricted', 'baseline', 'privileged'] as const,
    summary:
      'Pod Security Standard that the namespace enforces: restricted, baseline or privileged (default baseline).',
  })(),
}

/** Where each is in the values. */
const paths: Record<keyof typeof shortcutFlags, string[]> = {
  'dolt-image': ['dolt', 'image'],
  'dolt-storage': ['dolt', 'storage'],
  'storage-class': ['dolt', 'storageClassName'],
  'cpu-request': ['dolt', 'requests', 'cpu'],
  'memory-request': ['dolt', 'requests', 'memory'],
  'cpu-limit': ['dolt', 'limits', 'cpu'],
  'memory-limit': ['dolt', 'limits', 'memory'],
  'pod-security': ['podSecurity'],
}

export type Shortcuts = { [Flag in keyof typeof shortcutFlags]?: string | undefined }

/**
 * The values that these flags give.
 * @throws {UsageError} the bundle is another one
 */
export async function valuesOfShortcuts(bundle: Bundle, flags: Shortcuts): Promise<object> {
  const { mergeValues } = await import('@kubectl-gc/manifests')
  let values: object = {}
  for (const [flag, path] of Object.entries(paths)) {
    const value = flags[flag as keyof Shortcuts]
    if (value === undefined) continue
    if (bundle.name !== 'sessions') {
      throw new UsageError(`--${flag} is for the bundle sessions, not ${bundle.name}`, '--set PATH=VALUE')
    }
    values = mergeValues(
      values,
      path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value),
    ) as object
  }
  return values
}
