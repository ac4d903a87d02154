import { defineConfig } from 'vitest/config'
import DearestFirst from './test/helpers/dearest-first.ts'

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 }

/**
 * One run, one embedded PostgreSQL (test/helpers/global-setup.ts), one database cloned from a template per file that asks for one.
 * `unit` shares its threads between files, so no test may keep state in a module; `browser` drives the system's Chromium.
 */
export default defineConfig({
  test: {
    reporters: ['default', './test/helpers/closing-line.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
    setupFiles: ['test/helpers/property-seed.ts'],
    // Two files side by side: much of a test's time is spent waiting for PostgreSQL or another process.
    maxWorkers: 2,
    sequence: { sequencer: DearestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['src/**/*.test.{ts,tsx}', 'sandbox/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
          exclude: ['test/browser/**'],
          pool: 'threads',
          isolate: false,
          ...timeouts,
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['test/browser/**/*.test.ts'], pool: 'threads', fileParallelism: false, ...timeouts },
      },
    ],
  },
})
