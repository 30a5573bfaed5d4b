import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BROWSER_FLAGS, browserPath } from '../../scripts/lib/browser.ts'

const run = promisify(execFile)
const HERE = import.meta.dirname
const PACKAGE = join(HERE, 'node_modules', 'lighthouse')

/** Its packages are many and nothing else needs them: they stand here, by a lock file of their own. */
export async function ensureLighthouse(): Promise<string> {
  const manifest = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as {
    dependencies: { lighthouse: string }
  }
  const wanted = manifest.dependencies.lighthouse
  if (installed() !== wanted) {
    console.log(`Installing Lighthouse ${wanted} into bench/lighthouse …`)
    await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: HERE })
  }
  return wanted
}

function installed(): string | null {
  const path = join(PACKAGE, 'package.json')
  if (!existsSync(path)) return null
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version
}

export const SCORES = ['performance', 'accessibility', 'best-practices'] as const
export const TIMES = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
] as const
export type Figure = (typeof SCORES)[number] | (typeof TIMES)[number]

export interface Measured {
  /** Scores of 100; times in milliseconds; the shift as it is. */
  figures: Record<Figure, number>
  /** What keeps a score from being whole. */
  findings: string[]
  /** How fast Lighthouse found the machine to be; about 1000 to 4000 where it is quiet. */
  machine: number
}

interface Audit {
  id: string
  title: string
  score: number | null
  numericValue?: number
  displayValue?: string
}

interface Report {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, Audit | undefined>
  environment: { benchmarkIndex: number }
  runtimeError?: { code: string; message: string }
}

/** One visit by a stranger, on Lighthouse's phone, in a browser of its own. */
export async function measure(url: string, keepAs: string | null): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'ordersync-lighthouse-'))
  const path = keepAs ?? join(folder, 'report.json')
  try {
    await mkdir(join(path, '..'), { recursive: true })
    await run(
      process.execPath,
      [
        join(PACKAGE, 'cli', 'index.js'),
        url,
        ...['--quiet', '--output=json', `--output-path=${path}`],
        `--only-categories=${SCORES.join(',')}`,
        `--chrome-flags=--headless=new ${BROWSER_FLAGS.join(' ')}`,
      ],
      { env: { ...process.env, CHROME_PATH: browserPath() } },
    )
    return read(JSON.parse(await readFile(path, 'utf8')) as Report)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function read({ categories, audits, environment, runtimeError }: Report): Measured {
  if (runtimeError !== undefined) throw new Error(`${runtimeError.code}: ${runtimeError.message}`)
  const scores = SCORES.map((name) => [name, Math.round((categories[name]?.score ?? 0) * 100)])
  const times = TIMES.map((name) => [name, audits[name]?.numericValue ?? Number.NaN])
  const counted = SCORES.flatMap((name) => categories[name]?.auditRefs ?? [])
  const findings = counted.flatMap(({ id, weight }) => {
    const audit = audits[id]
    const whole = audit === undefined || audit.score === null || audit.score >= 0.9
    return weight === 0 || whole
      ? []
      : [[audit.title, audit.displayValue].filter(Boolean).join(': ')]
  })
  return {
    figures: Object.fromEntries([...scores, ...times]) as Record<Figure, number>,
    findings,
    machine: environment.benchmarkIndex,
  }
}
