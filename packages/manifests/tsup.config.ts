import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ['src/index.ts', 'src/agent-pod.ts', 'src/define.ts', 'src/kubernetes.ts', 'src/nearest.ts'],
  format: 'esm',
  target: 'node22',
  dts: true,
  clean: true,
})
