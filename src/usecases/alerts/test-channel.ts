import { DEPLOYMENT_CHANNEL_ID } from '../../domain/alerts/channel.ts'
import { noticesOf } from '../../domain/alerts/notice.ts'
import { PLATFORM_SUBJECT } from '../../domain/alerts/rule.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Refusal } from '../../domain/refusal.ts'
import type { NotifyOutcome } from '../../domain/restaurant/notice.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import { openChannel, openKept, type OpenDeps, type Send } from './open-channel.ts'

export interface ChannelTest {
  messageId: string
  outcome: NotifyOutcome
  tookMs: number
}

export type TestDeps = OpenDeps & Pick<Deps, 'alertMessages' | 'now' | 'random'>

/** What one channel may be tried by everybody together. */
const TESTS = 5
const WITHIN_MS = 60_000

/** Sends a message there now, also while the channel is off, and tells what the other side said. */
export async function testChannel(
  deps: TestDeps,
  channelId: string,
): Promise<Result<ChannelTest, Refusal>> {
  const send = await sendTo(deps, channelId)
  if (send === null) return refuse({ kind: 'NOT_FOUND', what: 'alert-channel' })
  const startedAt = deps.now()
  const id = mintTimedId(PLATFORM_KEY, startedAt, deps.random)
  const since = startedAt - WITHIN_MS + 1
  const message = { id, channelId, createdAt: startedAt }
  const noted = await deps.alertMessages.noteTest(message, since, TESTS)
  if (!noted.taken) {
    const waitMs = noted.oldestAt + WITHIN_MS - startedAt
    return refuse({
      kind: 'RATE_LIMITED',
      retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1_000)),
    })
  }
  const [told] = noticesOf(
    [
      {
        ...{ id, kind: null, news: 'TEST', value: 0, createdAt: startedAt },
        ...{ subjectId: PLATFORM_SUBJECT, subjectName: null },
      },
    ],
    deps.settings.outgoing.publicUrl,
  )
  if (told === undefined) throw new Error('nothing to be told')
  const outcome = await send(told.notice)
  const at = deps.now()
  await deps.alertMessages.settle([
    {
      ...{ id, attempts: 1, nextAt: null },
      sentAt: outcome.kind === 'sent' ? at : null,
      lastError: outcome.kind === 'sent' ? null : outcome.reason,
    },
  ])
  return ok({ messageId: id, outcome, tookMs: at - startedAt })
}

async function sendTo(deps: TestDeps, channelId: string): Promise<Send | null> {
  if (channelId === DEPLOYMENT_CHANNEL_ID)
    return deps.settings.outgoing.discordWebhookUrl === null ? null : openChannel(deps, channelId)
  const channel = await deps.alertChannels.byId(channelId)
  return channel === null ? null : openKept(deps, channel)
}
