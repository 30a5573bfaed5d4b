import type { DueMessage } from '../../db/repositories/alert-ports.ts'
import { noticesOf } from '../../domain/alerts/notice.ts'
import { settledBy, type Settled } from '../../domain/alerts/sending.ts'
import type { Deps } from '../deps.ts'
import { openChannel, type OpenDeps } from './open-channel.ts'

export type SendDeps = OpenDeps & Pick<Deps, 'alertMessages' | 'now' | 'random' | 'log'>

const MESSAGES_AT_ONCE = 500
const NOTICES_PER_CHANNEL = 10
/** Longer than all notices of a channel may take. */
const LEASE_MS = 120_000

type Done = { id: string } & Settled

/** Sends what channels are to be told, each channel its own in order. For the cron. */
export async function sendAlerts(
  deps: SendDeps,
): Promise<{ sent: number; failed: number; givenUp: number }> {
  const now = deps.now()
  const due = await deps.alertMessages.claim(now, now + LEASE_MS, MESSAGES_AT_ONCE)
  const channels = new Map<string, DueMessage[]>()
  for (const message of due)
    channels.set(message.channelId, [...(channels.get(message.channelId) ?? []), message])
  const runs = await Promise.allSettled(
    [...channels].map(([channelId, messages]) => sendTo(deps, channelId, messages)),
  )
  const broken = runs.find((run) => run.status === 'rejected')
  if (broken !== undefined) throw broken.reason
  const done = runs.flatMap((run) => (run.status === 'fulfilled' ? run.value : []))
  const over = done.filter(({ nextAt }) => nextAt === null)
  return {
    sent: over.filter(({ sentAt }) => sentAt !== null).length,
    failed: done.length - over.length,
    givenUp: over.filter(({ sentAt }) => sentAt === null).length,
  }
}

/** Until one fails: what comes after it waits with it. */
async function sendTo(
  deps: SendDeps,
  channelId: string,
  messages: readonly DueMessage[],
): Promise<readonly Done[]> {
  const send = await openChannel(deps, channelId)
  const done: Done[] = []
  let waitUntil: number | null = null
  for (const [index, group] of noticesOf(messages, deps.settings.outgoing.publicUrl).entries()) {
    if (waitUntil !== null || index >= NOTICES_PER_CHANNEL) {
      for (const message of group.messages) done.push(waiting(message, waitUntil ?? deps.now()))
      continue
    }
    const outcome = await send(group.notice)
    const now = deps.now()
    for (const message of group.messages) {
      const settled = settledBy(outcome, message, now, deps.random)
      done.push({ id: message.id, ...settled })
      if (settled.nextAt !== null) waitUntil = Math.max(waitUntil ?? 0, settled.nextAt)
    }
    if (outcome.kind !== 'sent')
      deps.log({
        level: 'warn',
        kind: 'alert-not-sent',
        channelId,
        outcome: outcome.kind,
        reason: outcome.reason,
      })
  }
  await deps.alertMessages.settle(done)
  return done
}

/** Behind one that failed (until then), or behind so many that it is the next run's. */
const waiting = ({ id, attempts, lastError }: DueMessage, nextAt: number): Done => ({
  ...{ id, attempts, nextAt, lastError },
  sentAt: null,
})
