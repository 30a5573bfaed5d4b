import { describe, expect, it } from 'vitest'
import type { AccountRole } from '../../../src/domain/actor.ts'
import { whoCharges } from '../../../src/usecases/wallet/who-charges.ts'
import type { ChargeWish } from '../../../src/usecases/wallet/charge-points.ts'
import { identityWorld, openRestaurant } from '../../support/identity.ts'
import { accountWith } from '../../support/wallets.ts'

type Points = { instant: boolean; cashByStaff: boolean }

async function asked(
  role: AccountRole,
  {
    restaurants = 1,
    named = 0,
    hired = false,
    ...points
  }: Partial<Points> & { restaurants?: number; named?: number; hired?: boolean },
  wish: Partial<ChargeWish> = {},
) {
  const { deps } = await identityWorld()
  deps.settings.points = { instant: false, cashByStaff: true, ...points }
  const [userId, askedBy] = [await accountWith(0), await accountWith(0)]
  const places: string[] = []
  for (let n = 0; n < restaurants; n += 1) places.push(await openRestaurant(deps, askedBy))
  const self = wish.method !== 'CASH'
  const memberships = hired
    ? places.map((restaurantId) => ({ restaurantId, role: 'STAFF' as const }))
    : []
  const given = await whoCharges(deps, {
    userId: self ? askedBy : userId,
    actor: { role, userId: askedBy, sessionId: 's', memberships, visit: null },
    traceId: null,
    amount: 1_000,
    method: null,
    restaurantId: named > 0 ? (places[named - 1] ?? null) : null,
    idempotency: { key: 'k', fingerprint: 'f' },
    returnUrls: { success: '', fail: '' },
    ...wish,
  })
  return { given, askedBy, places }
}

const CASH = { method: 'CASH' } as const

describe('who takes cash for points', () => {
  it('is whoever works somewhere, for the restaurant that they work at', async () => {
    const { given, askedBy, places } = await asked('OWNER', {}, CASH)
    const [restaurantId] = places
    expect(given).toEqual({ ok: true, value: { method: 'CASH', askedBy, restaurantId } })
  })

  it('is whoever was hired, whatever their account is, and no customer besides', async () => {
    const { given } = await asked('CUSTOMER', { hired: true }, CASH)
    expect(given).toMatchObject({ value: { method: 'CASH' } })
    const customer = await asked('CUSTOMER', {}, CASH)
    expect(customer.given).toMatchObject({ refusal: { kind: 'NOT_FOUND' } })
  })

  it('names the restaurant where there are several', async () => {
    const several = await asked('OWNER', { restaurants: 2 }, CASH)
    expect(several.given).toMatchObject({ refusal: { kind: 'INVALID' } })
    const named = await asked('OWNER', { restaurants: 2, named: 2 }, CASH)
    expect(named.given).toMatchObject({ value: { restaurantId: named.places[1] } })
  })

  it('is no staff where the deployment does not let them, but an administrator', async () => {
    const off = { cashByStaff: false }
    const refused = { refusal: { kind: 'FORBIDDEN', permission: 'points:take-cash' } }
    expect((await asked('OWNER', off, CASH)).given).toMatchObject(refused)
    expect((await asked('ADMIN', { ...off, restaurants: 0 }, CASH)).given).toMatchObject({
      value: { method: 'CASH', restaurantId: null },
    })
  })
})

describe('charging without naming a method', () => {
  it.each([
    [true, 'INSTANT'],
    [false, 'CARD'],
  ])('where points are given at once is %s: by %s', async (instant, method) => {
    const { given, askedBy } = await asked('CUSTOMER', { instant })
    expect(given).toEqual({ ok: true, value: { method, askedBy, restaurantId: null } })
  })

  it('by card is by card, also where points are given at once', async () => {
    const { given } = await asked('CUSTOMER', { instant: true }, { method: 'CARD' })
    expect(given).toMatchObject({ value: { method: 'CARD' } })
  })
})
