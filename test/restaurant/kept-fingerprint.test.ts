import { describe, expect, it } from 'vitest'
import { openKitchen } from '../support/ordering.ts'
import { orderOf } from '../support/restaurant.ts'

const WHOLE = 'ab'.repeat(32)
const HALF = 'ab'.repeat(16)

describe('the fingerprint that an order keeps', () => {
  it.each([
    ['half of it, as it is kept', HALF],
    ['all of it, as a release before kept it', WHOLE],
  ])('tells a repeat from a key used twice: %s', async (_, kept) => {
    const { restaurant, minsu, item } = await openKitchen()
    const sent = (fingerprint: string) =>
      restaurant.execute(minsu, orderOf([{ itemId: item.id, quantity: 1 }]), {
        key: 'k1',
        fingerprint,
      })
    const first = await sent(WHOLE)
    expect(await restaurant.rows('SELECT fingerprint FROM orders')).toEqual([{ fingerprint: HALF }])
    await restaurant.rows('UPDATE orders SET fingerprint = ?', kept)
    expect(await sent(WHOLE)).toEqual({ ...first, replayed: true })
    expect(await sent('ac'.repeat(32))).toMatchObject({
      refusal: { kind: 'IDEMPOTENCY_KEY_REUSED' },
    })
  })
})
