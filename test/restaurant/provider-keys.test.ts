import { describe, expect, it } from 'vitest'
import type { SecretChange, SecretName } from '../../src/domain/restaurant/secrets.ts'
import { cancel, EVERY_WAY, MINUTE, openKitchen, type Kitchen } from '../support/ordering.ts'
import { withClaim, withMoney, withOpenPayment } from '../support/paying.ts'
import { OWNER } from '../support/restaurant.ts'

const entered = (name: SecretName): SecretChange => ({ name, sealed: `v1.${name}`, hint: '…1234' })
const takenAway = (name: SecretName): SecretChange => ({ name, sealed: null })
const change = ({ restaurant }: Kitchen, ...secrets: SecretChange[]) =>
  restaurant.execute(OWNER, { type: 'edit-restaurant', changes: { name: '새 이름' }, secrets })
const ACCEPTED = { ok: true }
const refusedUntil = (until: number, payments = 1) => ({
  ok: false,
  refusal: { kind: 'PAYMENTS_OPEN', payments, until },
})

describe("changing a provider's keys", () => {
  it.each(['toss-secret-key', 'toss-client-key'] as const)(
    'is refused while a payment is open there (%s), and changes nothing',
    async (name) => {
      const { kitchen, payment, everything } = await withOpenPayment()
      const before = await everything()
      expect(await change(kitchen, entered(name))).toEqual(refusedUntil(payment.expiresAt))
      expect(await everything()).toEqual(before)
    },
  )

  it('counts what is open, and says until when the last of it is', async () => {
    const { kitchen, restaurant } = await withOpenPayment()
    restaurant.passes(MINUTE)
    const last = await kitchen.opened(await kitchen.place())
    expect(await change(kitchen, entered('toss-secret-key'))).toEqual(
      refusedUntil(last.expiresAt, 2),
    )
  })

  it.each<[string, SecretChange]>([
    ["another provider's", entered('stripe-secret-key')],
    ['those of a sink', entered('discord-webhook')],
    ['none: there were none to take away', takenAway('toss-secret-key')],
  ])('is accepted when they are %s', async (_, secret) => {
    const { kitchen } = await withOpenPayment()
    expect(await change(kitchen, secret)).toMatchObject(ACCEPTED)
  })

  it('also means taking them away', async () => {
    const kitchen = await withMoney()
    expect(await change(kitchen.kitchen, entered('toss-secret-key'))).toMatchObject(ACCEPTED)
    const { expiresAt } = await kitchen.opened(await kitchen.place())
    expect(await change(kitchen.kitchen, takenAway('toss-secret-key'))).toEqual(
      refusedUntil(expiresAt),
    )
  })

  it('is accepted once the money is in', async () => {
    const { kitchen } = await withMoney()
    expect(await change(kitchen, entered('toss-secret-key'))).toMatchObject(ACCEPTED)
  })

  it('is accepted once the provider has taken back what its order no longer needs', async () => {
    const { kitchen, restaurant, minsu, order, payment, report } = await withOpenPayment()
    await restaurant.done(minsu, cancel(order.id))
    expect(await change(kitchen, entered('toss-secret-key'))).toEqual(
      refusedUntil(payment.expiresAt),
    )
    await report({ kind: 'voided', paymentId: payment.id, outcome: { kind: 'voided' } })
    expect(await change(kitchen, entered('toss-secret-key'))).toMatchObject(ACCEPTED)
  })

  it('is accepted after the window of what the old account never answered for', async () => {
    const { kitchen, restaurant, payment } = await withClaim()
    restaurant.passes(payment.expiresAt - restaurant.now() - 1)
    expect(await change(kitchen, entered('toss-secret-key'))).toMatchObject({ ok: false })
    restaurant.passes(MINUTE)
    expect(await change(kitchen, entered('toss-secret-key'))).toMatchObject(ACCEPTED)
  })

  it("is refused for PayAction's while a deposit is expected", async () => {
    const kitchen = await openKitchen({ ...EVERY_WAY, paymentMethods: ['CARD', 'DEPOSIT'] })
    const { restaurant, place, view } = kitchen
    const order = await place(undefined, 1, { paymentMethod: 'DEPOSIT', payerName: '김손님' })
    const [payment] = (await view(order)).payments
    expect(await change(kitchen, entered('toss-secret-key'))).toMatchObject(ACCEPTED)
    expect(await change(kitchen, entered('payaction-api-key'))).toEqual(
      refusedUntil(payment?.expiresAt ?? 0),
    )
    expect(await restaurant.read(OWNER, { type: 'own-restaurant' })).toMatchObject({
      secrets: [{ name: 'toss-secret-key' }],
    })
  })
})
