import { describe, expect, it, vi } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import { isLive } from '../../src/domain/payment/machine.ts'
import type { PaymentStatus } from '../../src/domain/payment/payment.ts'
import { moneyDifferences } from '../../src/domain/reconciliation/money.ts'
import type { PaymentMethod } from '../../src/domain/restaurant/settings.ts'
import { HOUR } from '../support/ordering.ts'
import { hang, type Truth } from '../support/time-over.ts'

/** Many hours each, on machines that may be busy. */
vi.setConfig({ testTimeout: 30_000 })

const EXPIRED = 'EXPIRED UNPAID, ENDED'
const REFUSED = 'EXPIRED UNPAID, FAILED'
const PAID = 'ACCEPTED PAID, CAPTURED'
const BACK = 'EXPIRED REFUNDED, CAPTURED'
const DUE = 'EXPIRED REFUND_DUE, CAPTURED'
const STAYS = 'ACCEPTED UNPAID, ENDED'
const STAYS_REFUSED = 'ACCEPTED UNPAID, FAILED'

type Row = readonly [
  method: PaymentMethod,
  status: PaymentStatus,
  truth: Truth,
  /** When the provider answers at once, and when it is silent for three hours. */
  atOnce: string,
  afterSilence: string,
]

const PREPAID: readonly Row[] = [
  ['CARD', 'OPENING', 'nothing', EXPIRED, EXPIRED],
  ['CARD', 'READY', 'paid', PAID, BACK],
  ['CARD', 'READY', 'nothing', EXPIRED, EXPIRED],
  ['CARD', 'READY', 'refused', REFUSED, EXPIRED],
  ['CARD', 'READY', 'late', BACK, BACK],
  ['CARD', 'CAPTURING', 'paid', PAID, PAID],
  ['CARD', 'CAPTURING', 'nothing', EXPIRED, EXPIRED],
  ['CARD', 'CAPTURING', 'refused', REFUSED, REFUSED],
  // Its claim holds the order up until the provider has told.
  ['CARD', 'CAPTURING', 'late', BACK, PAID],
  ['VIRTUAL_ACCOUNT', 'AWAITING', 'paid', PAID, DUE],
  ['VIRTUAL_ACCOUNT', 'AWAITING', 'nothing', EXPIRED, EXPIRED],
  ['VIRTUAL_ACCOUNT', 'AWAITING', 'late', DUE, DUE],
  ['STRIPE', 'OPENING', 'nothing', EXPIRED, EXPIRED],
  ['STRIPE', 'READY', 'paid', PAID, BACK],
  ['STRIPE', 'READY', 'nothing', EXPIRED, EXPIRED],
  ['STRIPE', 'READY', 'late', BACK, BACK],
  ['DEPOSIT', 'AWAITING', 'nothing', EXPIRED, EXPIRED],
  ['POINTS', 'CAPTURING', 'paid', PAID, BACK],
  ['POINTS', 'CAPTURING', 'refused', 'CANCELLED UNPAID, FAILED', EXPIRED],
  ['POINTS', 'CAPTURING', 'nothing', EXPIRED, EXPIRED],
  ['POINTS', 'CAPTURING', 'late', BACK, BACK],
]

/** The order stays when a payment is over. */
const POSTPAID: readonly Row[] = [
  ['CARD', 'OPENING', 'nothing', STAYS, STAYS],
  ['CARD', 'READY', 'paid', PAID, PAID],
  ['CARD', 'READY', 'nothing', STAYS, STAYS],
  ['CARD', 'READY', 'refused', STAYS_REFUSED, STAYS_REFUSED],
  ['CARD', 'CAPTURING', 'paid', PAID, PAID],
  ['CARD', 'CAPTURING', 'nothing', STAYS, STAYS],
  ['VIRTUAL_ACCOUNT', 'AWAITING', 'paid', PAID, PAID],
  ['VIRTUAL_ACCOUNT', 'AWAITING', 'nothing', STAYS, STAYS],
  ['STRIPE', 'READY', 'paid', PAID, PAID],
  ['STRIPE', 'READY', 'nothing', STAYS, STAYS],
  ['DEPOSIT', 'AWAITING', 'nothing', STAYS, STAYS],
  ['POINTS', 'CAPTURING', 'paid', PAID, PAID],
]

const MONEY_ENTRIES = ['register', 'capture', 'look-up', 'void', 'refund', 'expire-order']

type Hung = Awaited<ReturnType<typeof hang>>

/** How it ended; and that nothing lives on, nothing is owed any more, and the books agree. */
async function ending({ view, agenda, restaurant }: Hung): Promise<string> {
  const now = await view()
  expect(now.payments.filter(isLive)).toEqual([])
  for (const kind of MONEY_ENTRIES) expect(await agenda(kind), kind).toEqual([])
  expect(moneyDifferences(now, restaurant.now())).toEqual([])
  const { status, paymentStatus } = now.order
  return `${status} ${paymentStatus}, ${now.payments.map((payment) => payment.status).join(' ')}`
}

describe.each([
  ['PREPAID', PREPAID],
  ['POSTPAID', POSTPAID],
] as const)('when its time is over, with %s', (policy, rows) => {
  it.each(rows)('%s that hung %s, of which the provider knows: %s', async (...row) => {
    const [method, status, truth, atOnce, afterSilence] = row
    for (const [silentMs, wanted] of [[0, atOnce] as const, [3 * HOUR, afterSilence] as const]) {
      const hung = await hang({ policy, method, status, truth, silentMs })
      expect((await hung.state()).status).toBe(status)
      await hung.goOn(8 * HOUR)
      expect(await ending(hung), `silent for ${silentMs} ms`).toBe(wanted)
    }
  })
})

describe('a transfer that comes after its time', () => {
  it('is due back, and people see it', async () => {
    const hung = await hang({
      policy: 'PREPAID',
      method: 'DEPOSIT',
      status: 'AWAITING',
      truth: 'nothing',
      silentMs: 0,
    })
    await hung.goOn(5 * HOUR)
    expect(await ending(hung)).toBe(EXPIRED)
    const { id: paymentId } = await hung.state()
    await hung.restaurant.done(SYSTEM, { type: 'report-deposit', paymentId, amount: null })
    await hung.goOn(HOUR)
    expect(await ending(hung)).toBe(DUE)
  })
})

describe('a provider that never answers', () => {
  it('keeps the claim open, is asked ever more seldom, and reconciliation names it', async () => {
    const hung = await hang({
      policy: 'PREPAID',
      method: 'CARD',
      status: 'CAPTURING',
      truth: 'paid',
      silentMs: Infinity,
    })
    await hung.goOn(3 * HOUR)
    expect(await hung.state()).toMatchObject({ status: 'CAPTURING' })
    const [look] = await hung.agenda('look-up')
    expect(look?.attempt).toBeGreaterThanOrEqual(8)
    const differences = moneyDifferences(await hung.view(), hung.restaurant.now())
    expect(differences.map(({ kind }) => kind)).toEqual(['CAPTURE_STUCK'])
  })
})
