import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { createCouponCodes } from '../../src/db/repositories/coupon-codes.ts'
import { newCode } from '../support/coupon-stories.ts'
import { newRestaurantId } from '../support/identity.ts'

const codes = createCouponCodes(env.DB)
const entryAt = (registeredAt: number) => ({
  ...{ code: newCode(), restaurantId: newRestaurantId() },
  registeredAt,
})
const isWaiting = async ({ code }: { code: string }, before: number) =>
  (await codes.unsettled(before, 100)).some((entry) => entry.code === code)

describe('registering a code', () => {
  it('is once on the platform, and again by the same restaurant', async () => {
    const entry = entryAt(1)
    expect(await codes.register(entry)).toBe(true)
    expect(await codes.register(entry)).toBe(true)
    expect(await codes.register({ ...entry, restaurantId: newRestaurantId() })).toBe(false)
    expect(await codes.restaurantOf(entry.code)).toBe(entry.restaurantId)
    expect(await codes.restaurantOf(newCode())).toBeNull()
  })

  it('is won by one of many at the same moment', async () => {
    const { code } = entryAt(1)
    const rivals = Array.from({ length: 8 }, () => ({ ...entryAt(1), code }))
    const won = await Promise.all(rivals.map((rival) => codes.register(rival)))
    const winner = rivals[won.indexOf(true)]
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await codes.restaurantOf(code)).toBe(winner?.restaurantId)
  })

  it('waits until it is settled, by its own restaurant', async () => {
    const entry = entryAt(10)
    await codes.register(entry)
    expect([await isWaiting(entry, 10), await isWaiting(entry, 11)]).toEqual([false, true])
    await codes.settle(entry.code, newRestaurantId(), 20)
    expect(await isWaiting(entry, 11)).toBe(true)
    await codes.settle(entry.code, entry.restaurantId, 20)
    expect(await isWaiting(entry, 11)).toBe(false)
  })
})

describe('codes of coupons that a restaurant has', () => {
  it('are entered as settled where they are missing, and named where they are another’s', async () => {
    const [missing, known, lost] = [entryAt(1), entryAt(1), entryAt(1)]
    const { restaurantId } = missing
    await codes.register({ ...known, restaurantId })
    await codes.register(lost)
    const all = [missing.code, known.code, lost.code]
    for (let times = 0; times < 2; times += 1)
      expect(await codes.adopt(all, restaurantId, 50)).toEqual([lost.code])
    expect(await codes.restaurantOf(missing.code)).toBe(restaurantId)
    expect(await codes.restaurantOf(lost.code)).toBe(lost.restaurantId)
    expect(await isWaiting(missing, 100)).toBe(false)
  })
})

describe('giving up a code', () => {
  it('frees it for others', async () => {
    const entry = entryAt(1)
    await codes.register(entry)
    expect(await codes.remove(entry)).toBe(true)
    expect(await codes.register({ ...entry, restaurantId: newRestaurantId() })).toBe(true)
  })

  it('leaves what was settled meanwhile', async () => {
    const entry = entryAt(1)
    await codes.register(entry)
    await codes.settle(entry.code, entry.restaurantId, 2)
    expect(await codes.remove(entry)).toBe(false)
    expect(await codes.restaurantOf(entry.code)).toBe(entry.restaurantId)
  })

  it('leaves what its restaurant has begun to register again', async () => {
    const entry = entryAt(1)
    await codes.register(entry)
    await codes.register({ ...entry, registeredAt: 2 })
    expect(await codes.remove(entry)).toBe(false)
    expect(await codes.restaurantOf(entry.code)).toBe(entry.restaurantId)
  })
})
