import { computed, signal } from '@preact/signals'
import type { InferResponseType } from 'hono/client'
import { createApi, type Api } from '../lib/api.ts'
import { outcomeOf, type Outcome } from '../lib/outcome.ts'
import { readBoot } from '../lib/boot.ts'
import { keep, recall } from '../lib/kept.ts'
import { Session } from '../lib/session.ts'

export type Menu = InferResponseType<Api['api']['v1']['restaurants'][':id']['menu']['$get'], 200>
export type Item = Menu['categories'][number]['items'][number]
export type Order = InferResponseType<Api['api']['v1']['orders'][':id']['$get'], 200>
export type Placed = InferResponseType<
  Api['api']['v1']['tables'][':table_id']['orders']['$post'],
  201
>
export type Quote = InferResponseType<Api['api']['v1']['orders']['quote']['$post'], 200>

export interface Boot {
  table: { id: string }
  menu: Menu
}

const boot = readBoot() as Boot | null
if (boot === null) throw new Error('the page came without its table')

export const tableId = boot.table.id
export const tableName = signal<string | null>(recall(`os-table-${tableId}`) as string | null)
export const menu = signal<Menu>(boot.menu)
export const restaurantId = boot.menu.restaurant.id

export const items = computed(
  () => new Map(menu.value.categories.flatMap((one) => one.items.map((item) => [item.id, item]))),
)

export type View = 'menu' | 'orders' | 'bill' | 'account'
export const view = signal<View>('menu')

/** Why nothing can be ordered from this table just now; null while it can. */
export type Barred = 'scanAgain' | 'wrongCode' | 'notSeated'
export const barred = signal<Barred | null>(null)

const guest = new Session('guest')
const member = new Session('member')
/** Who has signed in; null for a guest of the table. */
export const who = signal<{ name: string; points: number } | null>(null)

const speaking = (): Session => (who.value === null ? guest : member)
const asGuest = createApi(guest)
const asMember = createApi(member)
export const api = (): Api => (who.value === null ? asGuest : asMember)
export const socketToken = (): Promise<string | null> => speaking().token()

const CODE = `os-code-${tableId}`

/** The code travels behind `#`; a page opened from the history has only what was kept of it. */
function codeOfTable(): string | null {
  const fromUrl = decodeURIComponent(location.hash.slice(1))
  if (fromUrl !== '') keep(CODE, fromUrl)
  return fromUrl === '' ? (recall(CODE) as string | null) : fromUrl
}

let joining: Promise<Outcome<null>> | null = null

/** Takes a seat at the table, once: whoever asks meanwhile waits for the same answer. */
export function join(): Promise<Outcome<null>> {
  joining ??= sitDown().finally(() => {
    joining = null
  })
  return joining
}

async function sitDown(afresh = false): Promise<Outcome<null>> {
  const code = codeOfTable()
  if (code === null) {
    barred.value = 'scanAgain'
    return { ok: true, value: null }
  }
  const session = speaking()
  const joined = await outcomeOf(api().session.guest.$post({ json: { table_id: tableId, code } }))
  if (joined.ok) {
    session.take(joined.value, session.member)
    tableName.value = joined.value.table_name ?? tableName.value
    keep(`os-table-${tableId}`, tableName.value)
    barred.value = null
    return { ok: true, value: null }
  }
  const { reason, status } = joined.trouble
  // What this phone did at an earlier visit stays there: it sits down as somebody new.
  if (!afresh && session === guest && (reason === 'VISIT_ENDED' || status === 401)) {
    await endGuest()
    return sitDown(true)
  }
  barred.value = BARRED[reason ?? ''] ?? barred.value
  return joined
}

const BARRED: Record<string, Barred> = {
  VISIT_ENDED: 'scanAgain',
  WRONG_TABLE_CODE: 'wrongCode',
  NOT_SEATED: 'notSeated',
}

async function endGuest(): Promise<void> {
  await outcomeOf(asGuest.session.end.$post({ json: { as: 'guest' } }))
  guest.forget()
}

/** Finds out who sits here, then takes the seat. */
export async function begin(): Promise<Outcome<null>> {
  if (member.mayBeKept && (await member.token().catch(() => null)) !== null) await welcome()
  return join()
}

async function welcome(): Promise<void> {
  const me = await outcomeOf(asMember.api.v1.auth.me.$get())
  if (me.ok) who.value = { name: me.value.name, points: me.value.points }
}

/** Points change with every order that uses them. */
export const refreshPoints = async (): Promise<void> => {
  if (who.value !== null) await welcome()
}

export async function signIn(wish: {
  email: string
  password: string
  name: string | null
}): Promise<Outcome<null>> {
  const { email, password, name } = wish
  const given = await outcomeOf(
    name === null
      ? asMember.session.login.$post({ json: { email, password } })
      : asMember.session.register.$post({ json: { email, password, name } }),
  )
  if (!given.ok) return given
  member.take(given.value, given.value.user)
  await welcome()
  return join()
}

export async function signOut(): Promise<void> {
  await outcomeOf(asMember.session.end.$post({ json: { as: 'member' } }))
  member.forget()
  who.value = null
  await join()
}

let tag: string | null = null

/** Asks whether the menu has changed; costs next to nothing where it has not. */
export async function refreshMenu(): Promise<void> {
  const headers = tag === null ? {} : { 'If-None-Match': tag }
  const asked = { param: { id: restaurantId } }
  const read = await outcomeOf(
    api()
      .api.v1.restaurants[':id'].menu.$get(asked, { headers })
      .then((answer) => {
        tag = answer.headers.get('etag') ?? tag
        return answer
      }),
  )
  // Unchanged (304), or nobody answers just now: what is shown stays.
  if (read.ok) menu.value = read.value
}
