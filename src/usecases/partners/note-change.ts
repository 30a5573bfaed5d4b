import type { Acting } from '../admin/audit.ts'
import type { Deps } from '../deps.ts'

/** Who changes something. */
export type By = Acting

/** Who changed what of a partner's, for the log; ids alone. */
export function noteChange(
  deps: Pick<Deps, 'log'>,
  kind: string,
  subject: Readonly<Record<string, string | number>>,
  by: By,
): void {
  deps.log({ level: 'info', kind, ...subject, userId: by.userId })
}
