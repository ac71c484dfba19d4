import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { compile, programs } from '../release/compile.ts'
import type { Suite } from './suite.ts'
import { vitest } from './vitest.ts'

const SHORT = ['archive', 'judged', 'protocol', 'bad-input']
const DRIVEN = ['attach', 'bare-image', 'byte-exact', 'failures', 'interoperation', 'session-operations', 'top']
const FULL = [...SHORT, ...DRIVEN, 'dolt', 'permissions', 'start-document', 'troubleshooting', 'variables']

/** The end-to-end tests of the executables again, with the compiled ones in the place of those of Node. */
export function compiled(env: NodeJS.ProcessEnv, full: boolean): Suite {
  const name = 'compiled executables'
  return {
    name,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'gc-compiled-'))
      try {
        for (const program of programs) await compile(program, join(folder, program))
        const files = (full ? FULL : SHORT).map((file) => `e2e/${file}.test.ts`)
        return await vitest(name, 'e2e', { ...env, PATH: `${folder}:${env.PATH}` }, files).run()
      } finally {
        await rm(folder, { recursive: true })
      }
    },
  }
}
