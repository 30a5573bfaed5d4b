import { randomBytes, randomUUID } from 'node:crypto'
import type { Asker } from '../src/domain/actor.ts'
import { SYSTEM } from '../src/domain/actor.ts'
import type { Command, CommandType, CommandValue } from '../src/domain/commands.ts'
import type { CouponTerms } from '../src/domain/coupon/coupon.ts'
import { mintRandomId, mintRestaurantKey } from '../src/domain/ids.ts'
import { defaultSettings, type RestaurantSettings } from '../src/domain/restaurant/settings.ts'
import type { Call } from './load.ts'

const OWNER: Asker = { role: 'OWNER', sessionId: 'bench', userId: 'bench', visit: null }
const random = (length: number) => new Uint8Array(randomBytes(length))

const POSTPAID: Partial<RestaurantSettings> = { paymentPolicy: 'POSTPAID' }

const A_COUPON: Omit<CouponTerms, 'code' | 'perUserLimit'> = {
  kind: 'FIXED',
  value: 1_000,
  maxDiscount: null,
  minOrderAmount: 0,
  itemIds: [],
  categoryIds: [],
  startsAt: null,
  endsAt: null,
  totalQuantity: 1_000_000,
  stackable: false,
  forGuests: true,
  listed: true,
  active: true,
}

/** A restaurant with a table, twelve items (three of them counted) and scanned-in guests. */
export async function openBenchRestaurant(origin: string, guests: number, settings = POSTPAID) {
  const key = mintRestaurantKey(random)
  const id = mintRandomId(key, random)
  const run = async <T extends CommandType>(
    asker: Asker,
    command: Command<T>,
  ): Promise<CommandValue<T>> => {
    const envelope = { command, asker, idempotency: null, traceId: null }
    const body = JSON.stringify({ key, envelope })
    const answer = await fetch(`${origin}/bench/execute`, { method: 'POST', body })
    const { outcome } = (await answer.json()) as {
      outcome: { ok: boolean; value: CommandValue<T> }
    }
    if (!outcome.ok) throw new Error(`${command.type}: ${JSON.stringify(outcome)}`)
    return outcome.value
  }
  await run<'initialize'>(SYSTEM, {
    type: 'initialize',
    id,
    settings: defaultSettings({ name: '맛있는 치킨집', ...settings }),
  })
  const category = await run<'create-category'>(OWNER, {
    type: 'create-category',
    name: '치킨',
    position: null,
  })
  const items: string[] = []
  for (let n = 1; n <= 12; n += 1) {
    const item = await run<'create-item'>(OWNER, {
      type: 'create-item',
      categoryId: category.id,
      name: `메뉴 ${n}`,
      price: 1_000 * n,
      description: '벤치마크용 메뉴',
      options: [],
    })
    items.push(item.id)
    if (n <= 3)
      await run<'adjust-stock'>(OWNER, {
        type: 'adjust-stock',
        itemId: item.id,
        change: { set: 1_000_000 },
        reason: 'bench',
      })
  }
  const table = await run<'create-table'>(OWNER, { type: 'create-table', name: 'A1' })
  const tokens: string[] = []
  for (let guest = 0; guest < guests; guest += 1) {
    const joined = await fetch(`${origin}/api/v1/auth/guest`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ table_id: table.id, code: table.code }),
    })
    const { access_token: token } = (await joined.json()) as { access_token: string }
    tokens.push(token)
  }
  const headersOf = (caller: number) => ({
    'content-type': 'application/json',
    authorization: `Bearer ${tokens[caller % tokens.length] ?? ''}`,
    'idempotency-key': randomUUID(),
  })
  const body = JSON.stringify({
    table_id: table.id,
    items: items.slice(0, 3).map((menu_id) => ({ menu_id, quantity: 1 })),
    payment_method: 'COUNTER',
    expected_total: 6_000,
  })
  return {
    id,
    key,
    body,
    menu: `/api/v1/restaurants/${id}/menu`,
    /** A three-line order of counted items by a table's guest. */
    order: (caller: number): Call => ({
      path: '/api/v1/orders',
      method: 'POST',
      headers: headersOf(caller),
      body,
    }),
    /** Coupons for guests, so many claims of each for everybody. */
    async openCoupons(codes: readonly string[], perUserLimit: number): Promise<void> {
      for (const code of codes)
        await run<'create-coupon'>(OWNER, {
          type: 'create-coupon',
          terms: { ...A_COUPON, code, perUserLimit },
        })
    },
    claim: (caller: number, code: string): Call => ({
      path: `/api/v1/coupons/${code}/claim`,
      method: 'POST',
      headers: headersOf(caller),
      body: null,
    }),
  }
}
