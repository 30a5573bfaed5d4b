import type { PartnerKey } from '../administration/types.ts'

type Ending = Pick<PartnerKey, 'ends_at'>

/** What was ended stays in the list: it opens nothing any more. */
export const isOver = ({ ends_at: at }: Ending, now: number): boolean =>
  at !== null && Date.parse(at) <= now

/** Those that let the partner in. */
export const liveOf = <K extends Ending>(keys: readonly K[], now: number): K[] =>
  keys.filter((key) => !isOver(key, now))
