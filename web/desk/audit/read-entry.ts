import type { AuditEntry } from '../administration/types.ts'

type Value = AuditEntry['changes'][string]['from']

/** How a repeat is told from a first time: of no interest to a reader. */
const INNER: readonly string[] = ['key', 'fingerprint']

export interface Change {
  field: string
  /** Null: there was nothing before, or it is as it was. */
  from: Value
  to: Value
  same: boolean
}

/** What became what, without what only the machine reads. */
export const changesOf = ({ changes }: Pick<AuditEntry, 'changes'>): Change[] =>
  Object.entries(changes)
    .filter(([field]) => !INNER.includes(field))
    .map(([field, { from, to }]) => ({
      ...{ field, from, to },
      same: JSON.stringify(from) === JSON.stringify(to),
    }))

/** A value as a reader takes it in. */
export function valueText(
  value: Value,
  words: { nothing: string; yes: string; no: string },
  locale: string,
): string {
  if (value === null || value === '') return words.nothing
  if (typeof value === 'boolean') return value ? words.yes : words.no
  if (typeof value === 'number') return value.toLocaleString(locale)
  return typeof value === 'string' ? value : value.length === 0 ? words.nothing : value.join(', ')
}

type Subject = AuditEntry['subject']['kind']

/** Where the desk shows what was changed; null where it has no page for it. */
export function placeOf({
  subject,
  changes,
}: Pick<AuditEntry, 'subject' | 'changes'>): string | null {
  const pages: Partial<Record<Subject, string>> = {
    user: `#accounts/${subject.id}`,
    order: `#orders/${subject.id}`,
    partner: `#partners/${subject.id}`,
    'refund-request': '#refunds',
    'alert-rule': '#alerts',
    'alert-channel': '#alerts',
    setting: '#settings',
    'setting-change': '#settings',
    reconciliation: '#money',
    'exchange-rate': '#money',
    'points-refund': '#money',
  }
  const partner = changes.partner?.to
  return pages[subject.kind] ?? (typeof partner === 'string' ? `#partners/${partner}` : null)
}
