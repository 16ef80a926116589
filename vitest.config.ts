import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string): string => fileURLToPath(new URL(`packages/neurite/src/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    alias: [
      { find: /^neurite$/, replacement: source('index.ts') },
      { find: /^neurite\/data$/, replacement: source('data/index.ts') },
      { find: /^neurite\/formats$/, replacement: source('formats/index.ts') },
    ],
  },
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts', 'zoo/*/*.test.ts', 'bench/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
