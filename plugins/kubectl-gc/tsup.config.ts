import { join } from 'node:path'
import { defineConfig } from 'tsup'

/** A dynamic import of a bundled CommonJS module gives no named exports, and Node's own entry of yaml is CommonJS. */
const yaml = join(import.meta.dirname, 'node_modules/yaml/browser/index.js')
/** Bundled CommonJS modules ask for Node's own by `require`. */
const require = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);"

/** Everything in one folder, so that a start reads a few files; what only some commands need stays in chunks of its own. */
export default defineConfig({
  entry: ['src/main.ts', 'src/index.ts'],
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
