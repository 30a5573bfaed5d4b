import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '../lib/api.ts'
import { fireCron, wranglerCrons } from '../lib/cron-ticker.ts'
import type { AnsweredOrder, Evidence, Feed } from './evidence.ts'
import {
  advanceClock,
  gatherListed,
  gatherOrders,
  gatherPayments,
  gatherStock,
  webhooksWaiting,
} from './gather.ts'
import { checkAll } from './invariants.ts'

/** Longer than a hold that was extended by opening a payment. */
const PAST_ALL_HOLDS_SECONDS = 45 * 60
const STEP_SECONDS = 90
const STEPS = 25

export interface Scene {
  api: Api
  app: string
  sandbox: string
  owner: string
  member: string
  memberName: string
  initialStock: ReadonlyMap<string, number>
  answers: readonly AnsweredOrder[]
  boards: () => readonly Feed[]
  phones: () => readonly Feed[]
}

export async function gather(scene: Scene): Promise<Evidence> {
  const { api, owner, member, memberName, sandbox, answers } = scene
  const orders = await gatherOrders(api, owner)
  return {
    answers,
    orders,
    stock: await gatherStock(api, owner, scene.initialStock),
    payments: await gatherPayments(sandbox),
    boards: scene.boards(),
    phones: scene.phones(),
    listed: await gatherListed(api, member),
    membersOrderIds: new Set(
      answers.filter(({ guest }) => guest === memberName).map(({ orderId }) => orderId),
    ),
  }
}

export type Verdicts = ReturnType<typeof checkAll>

const broken = (verdicts: Verdicts) => verdicts.filter(({ problems }) => problems.length > 0)

/**
 * Lets time pass until nothing is left to do: holds end, look-ups and refunds run, webhooks arrive,
 * the read model catches up. What is broken after all that stays broken.
 */
export async function settle(scene: Scene): Promise<{ evidence: Evidence; verdicts: Verdicts }> {
  const crons = await wranglerCrons()
  await advanceClock(scene.sandbox, PAST_ALL_HOLDS_SECONDS)
  for (let step = 1; ; step += 1) {
    await pause(700)
    const evidence = await gather(scene)
    const verdicts = checkAll(evidence)
    const waiting = await webhooksWaiting(scene.sandbox)
    if ((broken(verdicts).length === 0 && waiting === 0) || step === STEPS)
      return { evidence, verdicts }
    await advanceClock(scene.sandbox, STEP_SECONDS)
    for (const cron of crons) await fireCron(scene.app, cron)
  }
}
