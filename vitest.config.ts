import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const migrations = await readD1Migrations('migrations')
const modelSettings = Object.fromEntries(
  ['MODEL_RUNS', 'MODEL_SEED'].flatMap((name) => {
    const value = process.env[name]
    return value ? [[name, value]] : []
  }),
)

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'domain',
          include: ['test/{domain,scripts,web}/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'examples',
          include: ['test/examples/**/*.test.ts'],
          environment: 'node',
          // One starts a server: after the others, which leave it no processor.
          sequence: { groupOrder: 1 },
        },
      },
      {
        plugins: [
          cloudflareTest({
            main: './test/support/worker.ts',
            wrangler: { configPath: './wrangler.toml', environment: 'development' },
            verbose: false,
            miniflare: {
              bindings: { MIGRATIONS: migrations, ...modelSettings },
              queueConsumers: { 'ordersync-development-jobs': { maxBatchTimeout: 0.05 } },
            },
          }),
        ],
        test: {
          name: 'workers',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{domain,scripts,web,examples,pages}/**'],
          setupFiles: ['test/support/setup.ts'],
          // Bundled once, instead of a hundred files for every test file.
          deps: { optimizer: { ssr: { enabled: true, include: ['stripe'] } } },
        },
      },
    ],
    coverage: { provider: 'istanbul', include: ['src/**'] },
  },
})
