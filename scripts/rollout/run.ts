import { between, type Figures, type Stretch } from './figures.ts'
import { judge, type Limits } from './verdict.ts'

/** A version and how many of a hundred requests it takes. */
export interface Share {
  version: string
  percent: number
}

/** Whatever the rollout reaches outside itself. */
export interface Hands {
  /** What is deployed. */
  current: () => Promise<readonly Share[]>
  /** Brings the database to what the new version asks for; the old one lives with it. */
  migrate: () => Promise<void>
  /** Makes this checkout a version that nobody is sent to yet. */
  upload: () => Promise<string>
  deploy: (shares: readonly Share[], message: string) => Promise<void>
  /** Crons, routes and queues are no part of a version. */
  triggers: () => Promise<void>
  figures: () => Promise<Figures>
  /** What is wrong with a version, or with whichever answers. */
  look: (version: string | null) => Promise<readonly string[]>
  pause: (ms: number) => Promise<void>
  say: (line: string) => void
}

export interface Plan {
  /** Of a hundred requests, step by step; the last is all. */
  steps: readonly number[]
  /** How long a deployment takes to be everywhere. */
  settleMs: number
  /** How long each step is watched, and how often it is looked at meanwhile. */
  watchMs: number
  everyMs: number
  /** How long a step waits for enough requests to be judged by. */
  patienceMs: number
  limits: Limits
}

export type Outcome = { kind: 'done'; version: string } | { kind: 'back'; reason: string }

/** Readings that fail in a row before the step counts as bad. */
const UNREADABLE = 3

/** Something that keeps a rollout from beginning. */
export class NotNowError extends Error {}

/** Rolls this checkout out step by step, and back to what was there as soon as a step is bad. */
export async function rollOut(hands: Hands, plan: Plan): Promise<Outcome> {
  const [old, second] = await hands.current()
  if (old === undefined) throw new NotNowError('nothing is deployed yet: npm run deploy')
  if (second !== undefined)
    throw new NotNowError('two versions are deployed: an earlier rollout has not come to its end')
  hands.say(`Watching ${old.version}, which is there, for comparison`)
  const before = await usual(hands, plan)
  await hands.migrate()
  const version = await hands.upload()
  const shares = (percent: number): Share[] => [
    // The new one first, always: an object that has moved to it does not move back at the next step.
    { version, percent },
    ...(percent < 100 ? [{ version: old.version, percent: 100 - percent }] : []),
  ]
  const goBack = async (reason: string): Promise<Outcome> => {
    hands.say(`Back to ${old.version}: ${reason}`)
    try {
      await hands.deploy([{ version: old.version, percent: 100 }], `rolled back: ${reason}`)
    } catch (error) {
      const byHand = `npx wrangler versions deploy ${old.version}@100% --yes, with the same --env`
      throw new Error(`${reason}, and it could not be taken back. By hand: ${byHand}`, {
        cause: error,
      })
    }
    for (const problem of await hands.look(null)) hands.say(`After going back: ${problem}`)
    return { kind: 'back', reason }
  }
  try {
    for (const percent of [0, ...plan.steps]) {
      await hands.deploy(shares(percent), `${version} at ${percent} %`)
      hands.say(`${version} takes ${percent} %`)
      await hands.pause(plan.settleMs)
      const [problem] = await hands.look(version)
      if (problem !== undefined) return await goBack(problem)
      const reason = percent === 0 ? null : await watch(hands, plan, percent / 100, before)
      if (reason !== null) return await goBack(reason)
    }
  } catch (error) {
    await goBack(error instanceof Error ? error.message : 'the rollout broke off')
    throw error
  }
  await hands.triggers()
  return { kind: 'done', version }
}

/** The old version alone. */
async function usual(hands: Hands, plan: Plan): Promise<Stretch> {
  const from = await hands.figures()
  await hands.pause(plan.watchMs)
  const stretch = between(from, await hands.figures())
  if (stretch === null) throw new NotNowError('the count of requests began anew: try again')
  hands.say(`${stretch.requests} requests, ${stretch.errors} errors`)
  return stretch
}

/** Why to go back, or null when the step may stand. */
async function watch(
  hands: Hands,
  plan: Plan,
  share: number,
  before: Stretch,
): Promise<string | null> {
  const read = () => hands.figures().catch(() => null)
  let from = await read()
  let unreadable = 0
  for (let watchedMs = 0; ;) {
    await hands.pause(plan.everyMs)
    watchedMs += plan.everyMs
    const to = await read()
    unreadable = to === null ? unreadable + 1 : 0
    if (unreadable === UNREADABLE) return 'the figures cannot be read any more'
    if (to === null) continue
    const during = from === null ? null : between(from, to)
    if (during === null) {
      from = to
      continue
    }
    const verdict = judge(share, before, during, plan.limits)
    if (verdict.kind === 'back') return verdict.reason
    if (watchedMs < plan.watchMs) continue
    const isOver = verdict.kind === 'fine' || watchedMs >= plan.patienceMs
    if (!isOver) continue
    hands.say(
      `${during.requests} requests, ${during.errors} errors` +
        (verdict.kind === 'fine' ? '' : ': too few to judge by, and nothing speaks against it'),
    )
    return null
  }
}
