import { defineConfig } from 'tsup'

/** What the client loads only when no broker answers; it is built with the rest. */
const LAZY = /^(\.\/direct|\.\.\/broker\/(main|plugin-digest))\.ts$/

/** The client of the broker as one CommonJS file, which Node loads in half the time of modules. */
export default defineConfig({
  entry: { 'exec-provider/client': 'src/exec-provider/main.ts' },
  format: 'cjs',
  target: 'node22',
  clean: false,
  esbuildPlugins: [
    {
      name: 'lazy parts',
      setup(build) {
        build.onResolve({ filter: LAZY }, ({ path }) => ({ path: path.replace(/ts$/, 'js'), external: true }))
      },
    },
  ],
})
