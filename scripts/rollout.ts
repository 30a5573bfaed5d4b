// Rolls this checkout out step by step (npm run rollout -- --env production --url https://…), watching
// /metrics by METRICS_TOKEN, and goes back by itself when a step is bad (docs/operations.md).
import { setTimeout as pauseFor } from 'node:timers/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from './lib/place.ts'
import { readKept } from './releases/kept.ts'
import { settingsOf } from './releases/settings.ts'
import { deployedBy } from './rollout/deployed.ts'
import { readFigures } from './rollout/figures.ts'
import { lookAt, type Subject } from './rollout/look.ts'
import { NotNowError, rollOut, type Hands, type Plan } from './rollout/run.ts'
import { LIMITS, newSteps } from './rollout/verdict.ts'
import { wrangler } from './rollout/wrangler.ts'

const { values: flags } = parseArgs({
  options: {
    env: { type: 'string' },
    url: { type: 'string' },
    tag: { type: 'string', default: '' },
    restaurant: { type: 'string' },
    order: { type: 'boolean', default: false },
    steps: { type: 'string', default: '10,50,100' },
    minutes: { type: 'string', default: '5' },
    'dry-run': { type: 'boolean', default: false },
    look: { type: 'boolean', default: false },
  },
})
const say = (line: string) => console.log(line)
const MINUTE_MS = 60_000
const SETTLE_MS = 15_000

function planOf(): Plan {
  const steps = flags.steps.split(',').map(Number)
  const isRising = steps.every((step, at) => step > (steps[at - 1] ?? 0) && step <= 100)
  if (!isRising || steps.at(-1) !== 100)
    throw new NotNowError('--steps rise to 100, as in 10,50,100')
  const watchMs = Number(flags.minutes) * MINUTE_MS
  if (!(watchMs > 0)) throw new NotNowError('--minutes is how long each step is watched')
  const everyMs = Math.min(watchMs, MINUTE_MS / 2)
  return {
    steps,
    settleMs: flags['dry-run'] ? 0 : SETTLE_MS,
    watchMs,
    everyMs,
    patienceMs: watchMs * 3,
    limits: LIMITS,
  }
}

/** Production has no name in wrangler.toml: it is what stands at the top. */
function environmentOf(): string {
  if (flags.env === 'production') return ''
  if (flags.env === 'staging') return flags.env
  throw new NotNowError('--env is staging or production')
}

function originOf(): string {
  const url = flags.url ?? ''
  const isOurs = URL.canParse(url) && /^https:|^http:\/\/127\.0\.0\.1:/.test(url)
  if (isOurs) return new URL(url).origin
  throw new NotNowError('--url is where it answers, as in https://order.example.com')
}

/** Says what it would do; nothing is deployed, and the figures of the server are read all the same. */
const only = (line: string): Promise<void> => {
  say(`would ${line}`)
  return Promise.resolve()
}
const ONLY_SAID: Pick<Hands, 'current' | 'migrate' | 'upload' | 'deploy' | 'triggers'> = {
  current: () => Promise.resolve([{ version: 'deployed', percent: 100 }]),
  migrate: () => only('migrate the database'),
  upload: () => Promise.resolve('uploaded'),
  deploy: (shares) =>
    only(`deploy ${shares.map((one) => `${one.version}@${one.percent}%`).join(' ')}`),
  triggers: () => only('deploy crons, routes and queues'),
}

/** After a whole deployment: is it there? */
async function onlyLook(subject: Subject): Promise<number> {
  const problems = await lookAt(subject, null)
  for (const problem of problems) say(problem)
  if (problems.length === 0) say(`${subject.origin} answers as it should.`)
  return problems.length === 0 ? 0 : 1
}

async function main(): Promise<number> {
  const [environment, origin, plan] = [environmentOf(), originOf(), planOf()]
  const settings = settingsOf(join(ROOT, 'wrangler.toml'), environment)
  const subject = {
    ...{ origin, worker: settings.name, order: flags.order },
    restaurant: flags.restaurant ?? null,
  }
  if (flags.look) return onlyLook(subject)
  const token = process.env['METRICS_TOKEN'] ?? ''
  if (token === '') throw new NotNowError('METRICS_TOKEN is the scrape token of that environment')
  const steps = newSteps(settings.migrations, (await readKept()).settings.migrations)
  if (steps.length > 0)
    throw new NotNowError(
      `the classes of objects change (${steps.join(', ')}): that happens to all at once and is not ` +
        'taken back. Deploy it whole, by itself, when little goes on: docs/operations.md, "A whole deployment".',
    )
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => interrupted.abort(new Error(`stopped by ${signal}`)))
  const hands: Hands = {
    ...(flags['dry-run'] ? ONLY_SAID : deployedBy(wrangler, environment, flags.tag)),
    look: (version) => lookAt(subject, flags['dry-run'] ? null : version),
    figures: async () => {
      const answer = await fetch(`${origin}/metrics`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(15_000),
      })
      const text = await answer.text()
      if (!answer.ok) throw new NotNowError(`/metrics answers ${answer.status}`)
      return readFigures(text)
    },
    pause: async (ms) => {
      const { signal } = interrupted
      await pauseFor(ms, undefined, { signal }).catch(() => undefined)
      signal.throwIfAborted()
    },
    say,
  }
  const outcome = await rollOut(hands, plan)
  say(outcome.kind === 'done' ? `${outcome.version} takes all.` : `Rolled back: ${outcome.reason}`)
  return outcome.kind === 'done' ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof NotNowError ? error.message : error)
  process.exitCode = error instanceof NotNowError ? 2 : 1
}
