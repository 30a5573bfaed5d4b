import { wallClock } from '../local-time.ts'

/** `YYYY-MM-DD HH:MM` by the clocks of the zone. */
export const clockText = (atMs: number, timezone: string): string =>
  new Date(wallClock(atMs, timezone)).toISOString().slice(0, 16).replace('T', ' ')
