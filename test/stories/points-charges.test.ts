import { describe, expect, it, vi } from 'vitest'
import {
  atProvider,
  authenticated,
  balanceOf,
  BY_CARD,
  charge,
  charged,
  chargeNow,
  movementsOf,
  turnBack as refund,
  withPoints,
  type ChargeBody,
  type PointsRefundBody,
} from '../support/points-story.ts'
import {
  expectStatus,
  key,
  type ConfirmedBody,
  type ListBody,
} from '../support/story-restaurant.ts'
import { member, type Member } from '../support/story-people.ts'
import { MINUTE, SECOND } from '../support/story.ts'
import { givePoints, wallets } from '../support/wallets.ts'

/** Some live through their world once per remote call. */
vi.setConfig({ testTimeout: 120_000 })

describe('charging points by card', () => {
  it('leads to the provider, and brings them when the browser confirms', async () => {
    const world = await withPoints(0)
    const { customer } = world
    const { charged: opened, confirmation } = await authenticated(world)
    expect(opened).toMatchObject({ status: 'PENDING', amount: 30_000, balance: 0 })
    expect(opened.charge_id.endsWith('ffffffffffff')).toBe(true)
    expect(opened.payment_url).toMatch(/^http/)
    const confirmed = await customer.post<ConfirmedBody>('/payments/confirm', confirmation)
    expect(confirmed.body).toMatchObject({ payment_status: 'COMPLETED', balance: 30_000 })
    expect(await movementsOf(customer)).toEqual(['+30000 CHARGE'])
    expect(await chargeNow(customer, opened)).toMatchObject({
      status: 'COMPLETED',
      payment_url: null,
      balance: 30_000,
    })
    expect((await customer.get<{ points: number }>('/auth/me')).body.points).toBe(30_000)
  })

  it('brings them once, whoever tells of the money: browser, page, webhooks, cron, at once', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const { confirmation, successPath, told } = await authenticated(world)
    const [confirmed, page] = await Promise.all([
      customer.post('/payments/confirm', confirmation),
      story.ask(successPath),
      story.webhook(told),
      story.webhook(told),
      story.cron(),
    ])
    expect([200, 409]).toContain(confirmed.status)
    expect([200, 409]).toContain(page.status)
    await story.settle()
    await story.webhook(told)
    await story.passes(10 * MINUTE)
    await story.cron()
    expect((await customer.post('/payments/confirm', confirmation)).status).toBe(200)
    expect(await movementsOf(customer)).toEqual(['+30000 CHARGE'])
  })

  it('is the same charge under the same key, and another body is refused', async () => {
    const { customer } = await withPoints(0)
    const again = key()
    const first = await charge(customer, BY_CARD, again)
    const second = await charge(customer, BY_CARD, again)
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    const other = await charge(customer, { ...BY_CARD, amount: 1 }, again)
    expect([other.status, other.body.error.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED'])
  })

  it.each([0, 1_000_001, 1.5, null])('takes no %s points', async (amount) => {
    const { customer } = await withPoints(0)
    expect((await charge(customer, { ...BY_CARD, amount })).status).toBe(400)
  })

  it('confirms nothing for another amount, key or person', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const { confirmation } = await authenticated(world)
    const stranger = await member(story)
    const refused = async (who: Member, changes: object) =>
      (await who.post('/payments/confirm', { ...confirmation, ...changes })).status
    expect(await refused(customer, { amount: 1 })).toBe(400)
    expect(await refused(customer, { paymentKey: 'tviva_other' })).toBe(404)
    expect(await refused(stranger, {})).toBe(404)
    expect(await balanceOf(customer)).toBe(0)
  })

  it('shows a page that says so, or why not', async () => {
    const world = await withPoints(0)
    const { story } = world
    const { successPath } = await authenticated(world)
    const wrong = await story.ask(successPath.replace('amount=30000', 'amount=1'))
    expect(wrong.status).toBe(400)
    const page = await story.ask(successPath)
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('포인트를 충전'),
    ])
  })

  it('tells nobody without its key how it stands, and shows only words of ours', async () => {
    const world = await withPoints(0)
    const paid = await charged(world)
    const shown = async (query: string) => {
      const page = await world.story.ask(`/payment/points/fail${query}`)
      return [page.status, await page.text()] as const
    }
    const [status, text] = await shown('')
    expect([status, text]).toEqual([200, expect.stringContaining('돌아왔습니다')])
    for (const query of [`?charge=${paid.charge_id}`, '?charge=1', '?message=call+us&code=X'])
      expect(await shown(query)).toEqual([status, text])
  })

  it('is over when nobody pays, and brings nothing', async () => {
    const { story, customer } = await withPoints(0)
    const opened = expectStatus(await charge(customer), 201)
    for (const minutes of [35, 10]) {
      await story.passes(minutes * MINUTE)
      await story.cron()
    }
    expect((await chargeNow(customer, opened)).status).toBe('ENDED')
    expect(await balanceOf(customer)).toBe(0)
  })

  it('says what the provider says no to', async () => {
    const world = await withPoints(0)
    world.story.toss.fault({ operation: 'confirm', reject: 'REJECT_CARD_COMPANY' })
    const { confirmation, charged: opened } = await authenticated(world)
    const refused = await world.customer.post('/payments/confirm', confirmation)
    expect([refused.status, refused.body.error.reason]).toEqual([409, 'PAYMENT_REFUSED'])
    expect((await chargeNow(world.customer, opened)).status).toBe('FAILED')
  })
})

describe('a charge whose request dies anywhere', () => {
  it('brings its points once, by the cron alone', async () => {
    const confirming = async () => {
      const world = await withPoints(0)
      return { ...world, ...(await authenticated(world)) }
    }
    type Confirming = Awaited<ReturnType<typeof confirming>>
    const act = ({ customer, confirmation }: Confirming, after: number) =>
      customer.postCut(after, '/payments/confirm', confirmation)
    const { calls } = await act(await confirming(), Number.MAX_SAFE_INTEGER)
    for (let after = 0; after <= calls; after += 1) {
      const world = await confirming()
      await act(world, after)
      world.story.toss.world.webhooks.splice(0)
      for (const minutes of [1, 5, 10, 45]) {
        world.story.clockOnly(minutes * MINUTE)
        await world.story.cron()
      }
      const paid = atProvider(world.story, world.charged)?.status === 'DONE'
      expect(await movementsOf(world.customer), `cut after ${after}`).toEqual(
        paid ? ['+30000 CHARGE'] : [],
      )
      const { status } = await chargeNow(world.customer, world.charged)
      expect(status, `cut after ${after}`).toBe(paid ? 'COMPLETED' : 'ENDED')
    }
  })

  it('opens at the provider once, for whoever asks again under its key', async () => {
    const opening = async () => ({ ...(await withPoints(0)), again: key() })
    type Opening = Awaited<ReturnType<typeof opening>>
    const act = ({ customer, again }: Opening, after: number) =>
      customer.postCut(after, `/users/${customer.userId}/points/charge`, BY_CARD, { key: again })
    const { calls } = await act(await opening(), Number.MAX_SAFE_INTEGER)
    for (let after = 0; after <= calls; after += 1) {
      const { story, customer, again } = await opening()
      await act({ story, customer, again } as Opening, after)
      let opened = await charge(customer, BY_CARD, again)
      if (opened.status !== 201) {
        expect(opened.body.error.reason).toBe('IDEMPOTENCY_IN_PROGRESS')
        await story.passes(Number(opened.headers.get('retry-after')) * SECOND)
        opened = await charge(customer, BY_CARD, again)
      }
      expect([after, opened.status]).toEqual([after, 201])
      expect(story.toss.sandbox.payments(10)).toHaveLength(1)
    }
  })
})

describe('points for cash', () => {
  const forCash = { amount: 5_000, payment_method: 'CASH' }

  it('are entered at once by who works at a restaurant', async () => {
    const { place, customer } = await withPoints(0)
    const path = `/users/${customer.userId}/points/charge`
    const again = key()
    for (const status of [201, 201]) {
      const taken = await place.owner.post<ChargeBody>(path, forCash, { key: again })
      expect(taken.status).toBe(status)
      expect(taken.body).toMatchObject({
        status: 'COMPLETED',
        payment_method: 'CASH',
        balance: null,
      })
    }
    expect(await movementsOf(customer)).toEqual(['+5000 CASH'])
  })

  it('are entered by nobody for himself, nor by who works nowhere', async () => {
    const { story, place, customer } = await withPoints(0)
    const own = await charge(place.owner, forCash)
    expect([own.status, own.body.error.details?.permission]).toEqual([403, 'points:take-cash'])
    const jobless = await member(story, 'STAFF')
    const path = `/users/${customer.userId}/points/charge`
    expect((await jobless.post(path, forCash)).status).toBe(403)
    expect((await charge(customer, forCash)).status).toBe(403)
    expect(await balanceOf(customer)).toBe(0)
  })

  it('are entered for accounts that exist alone', async () => {
    const { place } = await withPoints(0)
    const nobody = `/users/${crypto.randomUUID()}/points/charge`
    expect((await place.owner.post(nobody, forCash)).status).toBe(404)
  })
})

describe("somebody else's wallet", () => {
  it('is not there', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const other = await member(story)
    const path = `/users/${customer.userId}/points/charge`
    for (const method of ['CARD', 'CASH'])
      expect((await other.post(path, { amount: 1, payment_method: method })).status).toBe(404)
    const mine = await charged(world)
    expect((await other.get(`/wallet/charges/${mine.charge_id}`)).status).toBe(404)
    expect(await balanceOf(other)).toBe(0)
    expect(await movementsOf(other)).toEqual([])
  })
})

describe('points at once', () => {
  it('are given where the deployment does, and no method is named', async () => {
    const { customer } = await withPoints(0)
    const given = expectStatus(await charge(customer, { amount: 700 }), 201)
    expect(given).toMatchObject({ status: 'COMPLETED', payment_method: 'INSTANT', balance: 700 })
  })
})

describe('turning points back into money', () => {
  it('pays back by the charges that brought them, the newest first', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const first = await charged(world)
    await story.passes(SECOND)
    const second = await charged(world)
    const asked = await refund(customer, 40_000)
    expect(asked.body).toMatchObject({
      status: 'DONE',
      parts: [
        { charge_id: second.charge_id, amount: 30_000, status: 'DONE' },
        { charge_id: first.charge_id, amount: 10_000, status: 'DONE' },
      ],
    })
    expect(atProvider(story, second)?.balanceAmount).toBe(0)
    expect(atProvider(story, first)?.balanceAmount).toBe(20_000)
    expect(await movementsOf(customer)).toEqual([
      '+30000 CHARGE',
      '+30000 CHARGE',
      '-40000 CHARGE_REFUND',
    ])
  })

  it('pays back once under one key, and never what is spent or was not bought', async () => {
    const world = await withPoints(0)
    const { place, customer } = world
    await charged(world)
    await place.ordered(customer, { payment_method: 'POINTS' })
    const tooMuch = await refund(customer, 11_501)
    expect(tooMuch.body.error).toMatchObject({
      reason: 'INSUFFICIENT_POINTS',
      details: { balance: 11_500 },
    })
    const again = key()
    const done = expectStatus(await refund(customer, 11_500, again), 201)
    expect((await refund(customer, 11_500, again)).body).toEqual(done)
    expect((await refund(customer, 11_499, again)).status).toBe(422)
    expect(await balanceOf(customer)).toBe(0)
  })

  it('never pays back more than all of it to many who ask at once', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const bought = await charged(world)
    const replies = await Promise.all(Array.from({ length: 8 }, () => refund(customer, 8_000)))
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(atProvider(story, bought)?.balanceAmount).toBe(6_000)
    expect(await balanceOf(customer)).toBe(6_000)
  })

  it('is seen through by the cron when the provider did not answer', async () => {
    const world = await withPoints(0)
    const { story, customer } = world
    const bought = await charged(world)
    story.toss.fault({ operation: 'cancel', fail_status: 500, times: 2 })
    const asked = expectStatus(await refund(customer, 30_000), 201)
    expect(asked.status).toBe('REQUESTED')
    for (const minutes of [2, 5, 10]) {
      await story.passes(minutes * MINUTE)
      await story.cron()
    }
    const { body } = await customer.get<ListBody<PointsRefundBody>>('/wallet/refunds')
    expect(body.items).toMatchObject([{ id: asked.id, status: 'DONE' }])
    expect(atProvider(story, bought)?.balanceAmount).toBe(0)
  })

  it('leaves to people what was paid in cash, until they say how they paid back', async () => {
    const { story, customer } = await withPoints(0)
    await givePoints(customer.userId, 5_000)
    const asked = expectStatus(await refund(customer, 5_000), 201)
    expect(asked.status).toBe('DUE')
    const admin = await member(story, 'ADMIN')
    const due = await admin.get<ListBody<PointsRefundBody>>('/admin/wallet/refunds?status=DUE')
    expect(due.body.items.map(({ id }) => id)).toContain(asked.id)
    const record = (note: string) =>
      admin.post<PointsRefundBody>(`/admin/wallet/refunds/${asked.id}/record`, {
        method: 'CASH',
        note,
      })
    const recorded = await record('영수증 12')
    expect(recorded.body.status).toBe('DONE')
    const again = await record('영수증 12')
    expect([again.status, again.body]).toEqual([200, recorded.body])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const other = await record('영수증 13')
    expect([other.status, other.body.error.reason]).toEqual([409, 'REFUND_STATE'])
  })

  it('keeps every wallet equal to its ledger', async () => {
    expect(await wallets.differences(10)).toEqual([])
  })
})
