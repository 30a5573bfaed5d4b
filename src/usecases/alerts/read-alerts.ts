import type { KeptMessage } from '../../db/repositories/alert-ports.ts'
import { DEPLOYMENT_CHANNEL_ID } from '../../domain/alerts/channel.ts'
import type { Refusal } from '../../domain/refusal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { Deps } from '../deps.ts'
import type { AlertChange, KnownStanding } from './types.ts'

interface Page {
  limit: number
  beforeId: string | null
}

/** What fires now, the longest first, what was before, and what the restaurants are called. */
export interface ViewedAlerts {
  firing: readonly KnownStanding[]
  changes: readonly AlertChange[]
  names: ReadonlyMap<string, string>
}

/** Alerts as they stand, and a page of their history. */
export async function readAlerts(
  { alerts }: Pick<Deps, 'alerts'>,
  page: Page,
): Promise<ViewedAlerts> {
  const [{ standings }, changes] = await Promise.all([alerts.book(), alerts.changes(page)])
  const firing = standings
    .filter(({ state }) => state === 'FIRING')
    .toSorted((a, b) => a.since - b.since || b.value - a.value)
  const ids = [...firing, ...changes].map(({ subjectId }) => subjectId)
  const names = await alerts.namesOf([...new Set(ids)].filter((id) => id !== ''))
  return { firing, changes, names }
}

/** What a channel was told, and what became of each message; of one that was removed, too. */
export async function readMessages(
  deps: Pick<Deps, 'alertChannels' | 'alertMessages' | 'settings'>,
  channelId: string,
  page: Page,
): Promise<Result<readonly KeptMessage[], Refusal>> {
  const messages = await deps.alertMessages.page(channelId, page)
  const known =
    messages.length > 0 ||
    (channelId === DEPLOYMENT_CHANNEL_ID && deps.settings.outgoing.discordWebhookUrl !== null) ||
    (await deps.alertChannels.byId(channelId)) !== null
  return known ? ok(messages) : refuse({ kind: 'NOT_FOUND', what: 'alert-channel' })
}
