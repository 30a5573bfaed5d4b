import { computed, signal } from '@preact/signals'
import { createDeskApi } from '../lib/api.ts'
import { outcomeOf, type Outcome } from '../lib/outcome.ts'
import { Session } from '../lib/session.ts'
import { me } from './me.ts'
import { addressed, named, VIEWS_OF, type View } from './view.ts'

export { me } from './me.ts'

export type Stage = 'loading' | 'signed-out' | 'unreached' | 'no-desk' | 'desk'

export const session = new Session('member')
export const api = createDeskApi(session)

export const stage = signal<Stage>('loading')
export const views = computed<readonly View[]>(() => VIEWS_OF[me.value?.role ?? ''] ?? [])
export const isAdmin = computed(() => me.value?.role === 'ADMIN')

/** What is shown: what the address names, where this role finds it. */
export const shown = computed<View>(
  () => views.value.find((one) => one === named.value) ?? views.value[0] ?? 'overview',
)

/** What stands behind the shown view's name; of a view that this role does not find, nothing. */
export const within = computed(() => (named.value === shown.value ? addressed.value : ''))

session.onOver = () => {
  me.value = null
  stage.value = 'signed-out'
}

/** Who is it, and is there a desk for them? */
export async function begin(): Promise<void> {
  stage.value = 'loading'
  const token = await session.token().catch(() => 'unreached')
  if (token === null) {
    stage.value = 'signed-out'
    return
  }
  const read = await outcomeOf(api.api.v1.auth.me.$get())
  if (!read.ok) {
    stage.value = read.trouble.status === 401 ? 'signed-out' : 'unreached'
    return
  }
  me.value = read.value
  stage.value = views.value.length === 0 ? 'no-desk' : 'desk'
}

export async function signIn(email: string, password: string): Promise<Outcome<null>> {
  const given = await outcomeOf(
    api.session.login.$post({ json: { email, password, device: 'other' } }),
  )
  if (!given.ok) return given
  session.take(given.value, given.value.user)
  await begin()
  return { ok: true, value: null }
}

export async function signOut(): Promise<void> {
  me.value = null
  stage.value = 'signed-out'
  // Whoever signs in next begins at their own first view, not at somebody's page.
  location.hash = ''
  await session.end()
}
