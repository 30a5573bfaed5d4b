import { isStaff, type Asker } from '../domain/actor.ts'

const MAX_PER_SESSION = 6
const MAX_PER_VISIT = 60
const MAX_STAFF = 200
const MAX_GUESTS = 5_000
/** Nobody is closed for being silent, but who is gives way when there is no room. */
const SILENT_MS = 2 * 60_000

/** Sockets that share a tag and a cap. */
export interface Crowd {
  tag: string
  max: number
  /** How long a member must have been silent to give way to a newcomer. */
  silentMs: number
}

/** The crowds a socket of the asker's belongs to. Guests never take the staff's room. */
export function crowdsOf(asker: Asker): readonly Crowd[] {
  const session = { tag: `session:${asker.sessionId}`, max: MAX_PER_SESSION, silentMs: 0 }
  if (isStaff(asker)) return [session, { tag: 'staff', max: MAX_STAFF, silentMs: SILENT_MS }]
  const guests = { tag: 'guest', max: MAX_GUESTS, silentMs: SILENT_MS }
  if (asker.visit === null) return [session, guests]
  const visit = { tag: `visit:${asker.visit.visitId}`, max: MAX_PER_VISIT, silentMs: SILENT_MS }
  return [session, guests, visit]
}

/** At most four; the runtime keeps ten a socket, of 256 characters each. */
export function tagsOf(asker: Asker): string[] {
  const tags = crowdsOf(asker).map(({ tag }) => tag)
  return asker.userId === null ? tags : [...tags, `user:${asker.userId}`]
}

/** Who leaves so that one more fits: `none` needs to, nobody may (`full`), or the longest silent. */
export function givingWay<S>(
  present: readonly S[],
  crowd: Crowd,
  silentMs: (socket: S) => number,
): S | 'none' | 'full' {
  if (present.length < crowd.max) return 'none'
  const [longest] = present
    .map((socket) => ({ socket, silent: silentMs(socket) }))
    .filter(({ silent }) => silent >= crowd.silentMs)
    .sort((a, b) => b.silent - a.silent)
  return longest?.socket ?? 'full'
}
