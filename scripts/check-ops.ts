// Holds ops/ against Prometheus' own promtool: rules and their tests, the sample configuration, the
// dashboard's expressions, and (--metrics <file>) what a server has shown to a scraper.
import { spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { asRules, CONFIG_FILE, dashboardPanels, RULES_FILE, RULES_TEST_FILE } from './lib/ops.ts'

const { values: flags } = parseArgs({ options: { metrics: { type: 'string' } } })
const PROMTOOL = process.env['PROMTOOL'] ?? 'promtool'

function promtool(args: readonly string[], input = ''): void {
  console.log(`promtool ${args.slice(0, 2).join(' ')}`)
  const { status, error, stdout, stderr } = spawnSync(PROMTOOL, args, { input, encoding: 'utf8' })
  if (error !== undefined) throw new Error(`${PROMTOOL} does not run: ${error.message}`)
  // It lints by words alone, too.
  if (status !== 0 || stderr.trim() !== '') throw new Error(`${stdout}\n${stderr}`)
}

const folder = await mkdtemp(join(tmpdir(), 'ordersync-ops-'))
try {
  promtool(['check', 'rules', RULES_FILE])
  promtool(['test', 'rules', RULES_TEST_FILE])
  // The configuration names a token's file, which nobody keeps beside it here.
  await copyFile(CONFIG_FILE, join(folder, 'prometheus.yml'))
  await copyFile(RULES_FILE, join(folder, 'rules.yml'))
  await writeFile(join(folder, 'metrics-token'), 'a-token')
  promtool(['check', 'config', join(folder, 'prometheus.yml')])
  const dashboard = join(folder, 'dashboard.yml')
  await writeFile(dashboard, asRules(await dashboardPanels()))
  promtool(['check', 'rules', dashboard])
  if (flags.metrics !== undefined)
    promtool(['check', 'metrics'], await readFile(flags.metrics, 'utf8'))
} finally {
  await rm(folder, { recursive: true })
}
