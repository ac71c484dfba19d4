import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', apply: 'src/apply/index.ts' },
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
})
