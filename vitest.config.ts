import { defineConfig } from 'vitest/config'

const source = {
  resolve: { conditions: ['@kubectl-gc/source'] },
  ssr: { resolve: { conditions: ['@kubectl-gc/source'] } },
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
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/support/global-setup.ts'],
          testTimeout: 120_000,
          expect: { poll: { timeout: 20_000, interval: 100 } },
          hookTimeout: 120_000,
          maxWorkers: 3,
        },
      },
    ],
  },
})
