import { setTimeout as pause } from 'node:timers/promises'
import type { Api } from '../lib/api.ts'
import { fireCron, wranglerCrons } from '../lib/cron-ticker.ts'
import type { OrderJson } from '../lib/shapes.ts'
import type { AnsweredOrder, Evidence, Feed } from './evidence.ts'
import {
  advanceClock,
  gatherPayments,
  NO_APP_FAULTS,
  setAppFaults,
  webhooksWaiting,
} from './control.ts'
import { gatherListed, gatherOrders, gatherStock } from './gather.ts'
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
  members: readonly { name: string; token: string }[]
  initialStock: ReadonlyMap<string, number>
  answers: readonly AnsweredOrder[]
  boards: () => readonly Feed[]
  phones: () => readonly Feed[]
}

export async function gather(scene: Scene): Promise<Evidence> {
  const { api, owner, members, sandbox, answers } = scene
  const orders = await gatherOrders(api, owner)
  const names = new Set(members.map(({ name }) => name))
  const listed: OrderJson[] = []
  for (const { token } of members) listed.push(...(await gatherListed(api, token)))
  return {
    answers,
    orders,
    stock: await gatherStock(api, owner, scene.initialStock),
    payments: await gatherPayments(sandbox),
    boards: scene.boards(),
    phones: scene.phones(),
    listed,
    membersOrderIds: new Set(
      answers.filter(({ guest }) => names.has(guest)).map(({ orderId }) => orderId),
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
  // The last word on these orders reaches neither the database nor the queue: it must be sent again.
  await setAppFaults(scene.sandbox, { d1_down: true, lose_queue_messages: 5 })
  await advanceClock(scene.sandbox, PAST_ALL_HOLDS_SECONDS)
  await pause(1_000)
  await setAppFaults(scene.sandbox, NO_APP_FAULTS)
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
