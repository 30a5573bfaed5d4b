import { signal } from '@preact/signals'
import { outcomeOf } from '../../lib/outcome.ts'
import { api, isAdmin } from '../state.ts'

/** Names of accounts by their ids; null while nobody has answered, or there is none. */
const names = signal<ReadonlyMap<string, string | null>>(new Map())

/** What an account is called; asked for once, by administrators alone. */
export function nameOf(id: string): string | null {
  return names.value.get(id) ?? null
}

export async function learnName(id: string): Promise<void> {
  if (!isAdmin.value || names.value.has(id)) return
  names.value = new Map(names.value).set(id, null)
  const read = await outcomeOf(api.api.v1.admin.users[':id'].$get({ param: { id } }))
  if (read.ok) names.value = new Map(names.value).set(id, read.value.name)
}
