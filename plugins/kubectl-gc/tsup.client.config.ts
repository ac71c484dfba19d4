import { defineConfig } from 'tsup'

/** What is loaded only where it is needed; it is built with the rest. */
const LAZY = /^(\.\/direct|\.\.\/broker\/(main|plugin-digest)|\.\/lookup)\.ts$/

/** The programs that must start fast as one CommonJS file each, which Node loads in half the time of modules. */
export default defineConfig({
  entry: {
    'completion/main': 'src/completion/main.ts',
    'exec-provider/client': '../../packages/session-provider/src/exec-provider/main.ts',
  },
  format: 'cjs',
  target: 'node22',
  clean: false,
  splitting: false,
  esbuildPlugins: [
    {
      name: 'lazy parts',
      setup(build) {
        build.onResolve({ filter: LAZY }, ({ path }) => ({ path: path.replace(/ts$/, 'js'), external: true }))
      },
    },
  ],
})
