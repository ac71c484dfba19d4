import { defineConfig } from 'tsup'

export default defineConfig({
  entry: [
    'src/index.ts',
    'src/broker/main.ts',
    'src/broker/plugin-digest.ts',
    'src/broker/running-brokers.ts',
    'src/conformance/index.ts',
    'src/exec-provider/direct.ts',
    'src/exec-provider/main.ts',
    'src/conformance/executable/main.ts',
  ],
  format: 'esm',
  target: 'node22',
  dts: { entry: ['src/index.ts', 'src/broker/running-brokers.ts', 'src/conformance/index.ts'] },
  clean: true,
})
