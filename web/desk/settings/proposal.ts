import type { Change } from './types.ts'

export type Standing = 'decide' | 'own' | 'stale' | 'EXPIRED' | 'APPROVED' | 'REJECTED'

/** What whoever looks may do with a proposal, or why they may do nothing. */
export function standingOf(
  change: Pick<Change, 'state' | 'proposed_by' | 'version' | 'expires_at'>,
  looker: { id: string; settingVersion: number; now: number },
): Standing {
  if (change.state !== 'PROPOSED') return change.state
  if (Date.parse(change.expires_at) <= looker.now) return 'EXPIRED'
  if (change.version !== looker.settingVersion) return 'stale'
  return change.proposed_by === looker.id ? 'own' : 'decide'
}

export type Typed = { ok: true; value: string | number | null } | { ok: false }

/** What was typed as the setting takes it; numbers are whole. */
export function valueOf(type: 'integer' | 'restaurant' | 'timezone', text: string): Typed {
  const typed = text.trim()
  if (type === 'restaurant') return { ok: true, value: typed === '' ? null : typed }
  if (type === 'timezone') return typed === '' ? { ok: false } : { ok: true, value: typed }
  return /^\d+$/.test(typed) ? { ok: true, value: Number(typed) } : { ok: false }
}
