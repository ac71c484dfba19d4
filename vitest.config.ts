import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['@kubectl-gc/source'] },
  ssr: { resolve: { conditions: ['@kubectl-gc/source'] } },
}

const onCluster = {
  globalSetup: ['e2e/support/global-setup.ts'],
  testTimeout: 120_000,
  expect: { poll: { timeout: 60_000, interval: 100 } },
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          include: ['{packages,plugins}/*/test/**/*.test.ts', 'scripts/**/test/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        ...source,
        test: { ...onCluster, name: 'e2e', include: ['e2e/*.test.ts'], maxWorkers: 3 },
      },
      {
        ...source,
        test: { ...onCluster, name: 'disruptive', include: ['e2e/disruptive/*.test.ts'], maxWorkers: 1 },
      },
    ],
  },
})
