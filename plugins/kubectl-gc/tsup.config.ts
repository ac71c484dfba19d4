import { join } from 'node:path'
import { defineConfig } from 'tsup'

/** A dynamic import of a bundled CommonJS module gives no named exports, and Node's own entry of yaml is CommonJS. */
const yaml = join(import.meta.dirname, 'node_modules/yaml/browser/index.js')
/** Bundled CommonJS modules ask for Node's own by `require`. */
const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"
const provider = '../../packages/session-provider/src'

/**
 * Everything in one folder, so that a start reads a few files; what only some commands need stays in chunks of its own.
 * `gc-session-k8s` is in it too, so that one package installs all that gc and kubectl call.
 */
export default defineConfig({
  entry: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    'completion/lookup': 'src/completion/lookup.ts',
    'exec-provider/direct': `${provider}/exec-provider/direct.ts`,
    'broker/main': `${provider}/broker/main.ts`,
    'broker/plugin-digest': `${provider}/broker/plugin-digest.ts`,
  },
  format: 'esm',
  target: 'node22',
  splitting: true,
  clean: true,
  external: ['typescript'],
  noExternal: [/^(?!typescript$)/],
  banner: { js: require },
  esbuildOptions(options) {
    options.conditions = ['@kubectl-gc/source']
    options.alias = { yaml }
  },
})
