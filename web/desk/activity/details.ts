import type { Activity } from '../support/types.ts'
import { policyText } from '../refunds/words.ts'
import { requestText } from '../support/words.ts'
import { t, type ActivityWord } from './words.ts'

const FIELDS = ['email', 'name', 'special_requests', 'payer_names'] as const
const WAYS = ['id', 'number', 'email', 'name'] as const

const known = <W extends string>(all: readonly W[], one: unknown): W | undefined =>
  all.find((word) => word === one)

function wordOf(prefix: 'field' | 'by', value: unknown): string {
  const word = prefix === 'field' ? known(FIELDS, value) : known(WAYS, value)
  return word === undefined ? String(value) : t(`${prefix}_${word}` as ActivityWord)
}

/** What more is on record, in the reader's words; unknown things are told as they are. */
export function detailsText({ fields, by, found, state, policy }: Activity['details']): string {
  return [
    ...(Array.isArray(fields) ? fields.map((one) => wordOf('field', one)) : []),
    ...(by === undefined ? [] : [wordOf('by', by)]),
    ...(typeof found === 'number' ? [t('found', { count: found })] : []),
    ...(typeof state === 'string' ? [requestText(state)] : []),
    ...(typeof policy === 'string' ? [policyText(policy)] : []),
  ].join(' · ')
}
