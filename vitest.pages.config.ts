import { defineConfig } from 'vitest/config'

/** Stories in a real browser over a started server: `npm run test:pages`. */
export default defineConfig({
  test: {
    name: 'pages',
    include: ['test/pages/**/*.test.ts'],
    environment: 'node',
    // One server and one browser for each file, and two processors for all of them.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // As long as the browser waits: a machine that has other work is no defect.
    expect: { poll: { timeout: 20_000 } },
  },
})
