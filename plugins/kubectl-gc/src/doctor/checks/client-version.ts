import manifest from '../../../package.json' with { type: 'json' }
import { type Check, ok } from '../check.ts'

/** This program. It says itself when its Node is too old. */
export const clientVersion: Check = {
  name: 'kubectl gc',
  look: async () =>
    ok(`version ${manifest.version}, Node ${process.versions.node}, ${process.platform}/${process.arch}`),
}
