import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile } from '../release/compile.ts'
import type { Suite } from './suite.ts'
import { vitest } from './vitest.ts'

const SHORT = ['judged', 'protocol']
const DRIVEN = ['attach', 'bare-image', 'byte-exact', 'failures', 'interoperation', 'session-operations']
const FULL = [...SHORT, ...DRIVEN, 'permissions', 'start-document', 'variables']

/** The end-to-end tests of `gc-session-k8s` again, with the compiled executable in the place of the one of Node. */
export function compiled(env: NodeJS.ProcessEnv, full: boolean): Suite {
  const name = 'compiled executable'
  return {
    name,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'gc-compiled-'))
      try {
        await compile(join(folder, 'gc-session-k8s'))
        const files = (full ? FULL : SHORT).map((file) => `e2e/${file}.test.ts`)
        return await vitest(name, 'e2e', { ...env, PATH: `${folder}:${env.PATH}` }, files).run()
      } finally {
        await rm(folder, { recursive: true })
      }
    },
  }
}
