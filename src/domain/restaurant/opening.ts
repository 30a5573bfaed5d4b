import { isWithinHours, nextChange, nextOpening } from './hours.ts'
import type { RestaurantSettings } from './settings.ts'

/** Whether orders are taken at an instant, and when that ends or begins; nulls where nobody knows. */
export interface Opening {
  open: boolean
  /** When orders are taken again; null while they are, and where only people can tell. */
  opensAt: number | null
  /** How much longer than usual the kitchen takes; 0 = as usual. */
  busyDelayMinutes: number
}

/** Pause and hours together. */
export function openingOf(settings: RestaurantSettings, now: number): Opening {
  const paused = isPaused(settings, now)
  const open = !paused && isWithinHours(settings, now)
  return {
    open,
    opensAt: open ? null : opensAt(settings, now, paused),
    busyDelayMinutes: busyDelayOf(settings, now),
  }
}

/** A pause with an end is over then, also before anybody has written that down. */
export const isPaused = (
  { paused, pausedUntil }: Pick<RestaurantSettings, 'paused' | 'pausedUntil'>,
  now: number,
): boolean => paused && (pausedUntil === null || now < pausedUntil)

function opensAt(settings: RestaurantSettings, now: number, paused: boolean): number | null {
  if (!paused) return nextOpening(settings, now)
  return settings.pausedUntil === null ? null : nextOpening(settings, settings.pausedUntil)
}

const busyDelayOf = ({ busy }: RestaurantSettings, now: number): number =>
  busy === null || (busy.until !== null && busy.until <= now) ? 0 : busy.delayMinutes

/** The next instant at which any of it may be different; null if it stays until somebody acts. */
export function nextOpeningChange(settings: RestaurantSettings, now: number): number | null {
  const times = [
    nextChange(settings, now),
    settings.paused ? settings.pausedUntil : null,
    settings.busy?.until ?? null,
  ]
  const next = Math.min(...times.filter((time) => time !== null && time > now).map(Number))
  return next === Infinity ? null : next
}

/** The settings without a pause or a busy time that is over. */
export function withoutWhatIsOver<S extends RestaurantSettings>(settings: S, now: number): S {
  const pauseOver = settings.paused && !isPaused(settings, now)
  return {
    ...settings,
    ...(pauseOver && RESUMED),
    ...(busyDelayOf(settings, now) === 0 && { busy: null }),
  }
}

export const RESUMED = { paused: false, pausedUntil: null, pauseReason: null } as const
