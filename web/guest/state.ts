import { computed, signal } from '@preact/signals'
import type { InferResponseType } from 'hono/client'
import { createApi, type Api } from '../lib/api.ts'
import { outcomeOf, type Outcome, type Trouble } from '../lib/outcome.ts'
import { readBoot } from '../lib/boot.ts'
import { keep, recall } from '../lib/kept.ts'
import { Session } from '../lib/session.ts'
import { Scan } from './scan.ts'

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

/** Why nothing can be ordered from this table just now; null while it can. */
export type Barred = 'scanFirst' | 'scanAgain' | 'wrongCode' | 'notSeated'
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

const scan = new Scan(tableId)

/** Whether the session that speaks has a seat here, as far as this page knows. */
export const isSeated = (): boolean => speaking().visit?.table_id === tableId

let joining: Promise<Outcome<null>> | null = null

/** Takes a seat at the table, once: whoever asks meanwhile waits for the same answer. */
export function join(): Promise<Outcome<null>> {
  joining ??= sitDown().finally(() => {
    joining = null
  })
  return joining
}

async function sitDown(afresh = false): Promise<Outcome<null>> {
  const { code } = scan
  if (code === null) {
    barred.value ??= 'scanFirst'
    return { ok: false, trouble: NO_CODE }
  }
  const session = speaking()
  const joined = await outcomeOf(api().session.guest.$post({ json: { table_id: tableId, code } }))
  if (joined.ok) {
    session.take(joined.value, session.member)
    session.visit = joined.value.visit ?? null
    tableName.value = joined.value.table_name ?? tableName.value
    keep(`os-table-${tableId}`, tableName.value)
    scan.isFresh = false
    barred.value = null
    return { ok: true, value: null }
  }
  // A token that is no good any more: the phone sits down as somebody new.
  if (!afresh && session === guest && joined.trouble.status === 401) {
    await endGuest()
    return sitDown(true)
  }
  noteTrouble(joined.trouble)
  return joined
}

/** Nothing was sent: the page itself knows that the table has to be scanned. */
const NO_CODE: Trouble = {
  status: 409,
  code: 'CONFLICT',
  reason: 'SCAN_REQUIRED',
  message: null,
  details: {},
  retryAfterSeconds: null,
  traceId: null,
}

const BARRED: Record<string, Barred> = {
  VISIT_ENDED: 'scanAgain',
  WRONG_TABLE_CODE: 'wrongCode',
  NOT_SEATED: 'notSeated',
  SCAN_REQUIRED: 'scanFirst',
}

/** What a refusal says about the seat. A party that has left comes back by a new scan alone. */
export function noteTrouble({ reason, status }: Trouble): void {
  if (reason === 'VISIT_ENDED') {
    speaking().visit = null
    scan.forget()
  }
  if (reason === 'WRONG_TABLE_CODE') scan.forget()
  if (status === 401) speaking().visit = null
  barred.value = BARRED[reason ?? ''] ?? barred.value
}

async function endGuest(): Promise<void> {
  await outcomeOf(asGuest.session.end.$post({ json: { as: 'guest' } }))
  guest.forget()
}

/** Finds out who sits here, then takes the seat, unless the session has it already. */
export async function begin(): Promise<void> {
  scan.read()
  const session = member.mayBeKept && (await tokenOf(member)) !== null ? member : guest
  if (session === member) await welcome()
  else if (!scan.isFresh) await tokenOf(guest)
  if (scan.isFresh || !isSeated()) await join()
}

/** Null without a session, or without a network to ask by. */
const tokenOf = (session: Session): Promise<string | null> => session.token().catch(() => null)

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
  // Whoever may not sit down just now is signed in all the same, and told so where it matters.
  await join()
  return { ok: true, value: null }
}

export async function signOut(): Promise<void> {
  who.value = null
  await member.end()
  await join()
}
