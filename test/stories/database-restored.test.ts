import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { claim, made } from '../support/coupon-stories.ts'
import { balanceOf, movementsOf, withPoints } from '../support/points-story.ts'
import { member } from '../support/story-people.ts'
import { expectStatus, type OrderBody } from '../support/story-restaurant.ts'
import { MINUTE } from '../support/story.ts'

const REASON = { reason: '데이터베이스를 11:55로 되돌림' }
const BY_POINTS = { payment_method: 'POINTS' }
const PATH = '/admin/database/restored'

interface RestoredBody {
  log_ins_ended_before: string
  rebuilds: { id: string; projection: string; state: string }[]
}

/** Takes the newest movements of a wallet away, as a restore to before them does. */
async function forgetMovements(userId: string, from: number): Promise<void> {
  await env.DB.batch([
    env.DB.prepare(
      `DELETE FROM wallet_entries WHERE user_id = ?1 AND seq IN (SELECT seq FROM wallet_entries
        WHERE user_id = ?1 ORDER BY seq LIMIT -1 OFFSET ?2)`,
    ).bind(userId, from),
    env.DB.prepare(
      `UPDATE wallets SET balance = (SELECT balance_after FROM wallet_entries
        WHERE user_id = ?1 ORDER BY seq DESC LIMIT 1) WHERE user_id = ?1`,
    ).bind(userId),
  ])
}

// Every story begins at noon, and would begin with log-ins that an earlier one has ended.
beforeEach(async () => {
  await env.DB.prepare('DELETE FROM database_restores').run()
})

describe('a platform whose database was restored', () => {
  it('enters again what points paid and what came back, once', async () => {
    const { story, place, customer } = await withPoints(60_000)
    const [eaten, cancelled] = [
      await place.ordered(customer, BY_POINTS),
      await place.ordered(customer, BY_POINTS),
    ]
    expectStatus(await customer.post<OrderBody>(`/orders/${cancelled.order_id}/cancel`), 200)
    await story.passes(MINUTE)
    const before = await movementsOf(customer)
    expect(before).toHaveLength(4)
    await forgetMovements(customer.userId, 1)
    expect(await balanceOf(customer)).toBe(60_000)
    await env.DB.prepare('DELETE FROM order_index WHERE id = ?').bind(eaten.order_id).run()

    for (let times = 0; times < 2; times += 1) {
      const admin = await member(story, 'ADMIN')
      expectStatus(await admin.post(PATH, REASON), 202)
      await story.passes(MINUTE)
    }
    // Sessions ended meanwhile; the same account again.
    const again = await member(story, 'ADMIN')
    const ledger = await env.DB.prepare(
      'SELECT type, amount, balance_after AS b FROM wallet_entries WHERE user_id = ? ORDER BY seq',
    )
      .bind(customer.userId)
      .all<{ type: string; amount: number; b: number }>()
    const sums = ledger.results.map(({ type, amount }) => `${type} ${amount}`)
    expect(sums.toSorted()).toEqual(['ADD 18500', 'ADD 60000', 'DEDUCT 18500', 'DEDUCT 18500'])
    expect(ledger.results.at(-1)!.b).toBe(60_000 - 18_500)
    const index = await env.DB.prepare('SELECT id FROM order_index WHERE id = ?')
      .bind(eaten.order_id)
      .all()
    expect(index.results).toHaveLength(1)
    expect((await again.get('/wallet/balance')).status).toBe(200)
  })

  it('says so where a wallet does not hold what was paid with it', async () => {
    const { story, place, customer } = await withPoints(20_000)
    await place.ordered(customer, BY_POINTS)
    await env.DB.batch([
      env.DB.prepare('DELETE FROM wallet_entries WHERE user_id = ?').bind(customer.userId),
      env.DB.prepare('UPDATE wallets SET balance = 0 WHERE user_id = ?').bind(customer.userId),
    ])
    await story.passes(MINUTE)
    const admin = await member(story, 'ADMIN')
    await admin.post(PATH, REASON)
    await story.passes(MINUTE)
    expect(story.world.logged).toContainEqual(
      expect.objectContaining({
        kind: 'wallet-not-replayed',
        why: 'insufficient',
        userId: customer.userId,
        amount: 18_500,
      }),
    )
  })

  it('knows again the codes of coupons that were made since', async () => {
    const { story, place } = await withPoints(0)
    const coupon = await made(place)
    await env.DB.prepare('DELETE FROM coupon_codes WHERE code = ?').bind(coupon.code).run()
    await story.passes(MINUTE)
    const admin = await member(story, 'ADMIN')
    expectStatus(await admin.post(PATH, REASON), 202)
    await story.passes(MINUTE)
    expect((await claim(await member(story), coupon.code)).status).toBe(201)
  })

  it('ends every log-in from before, the caller’s too, and none from after', async () => {
    const { story, customer } = await withPoints(0)
    const admin = await member(story, 'ADMIN')
    await story.passes(MINUTE)
    expect((await customer.get('/wallet/balance')).status).toBe(200)
    const { body, status } = await admin.post<RestoredBody>(PATH, REASON)
    expect(status).toBe(202)
    expect(body.rebuilds.map(({ projection }) => projection)).toEqual(['feed', 'all', 'wallets'])
    expect(Date.parse(body.log_ins_ended_before)).toBe(story.world.now)
    for (const who of [customer, admin]) {
      const refused = await who.get('/auth/sessions')
      expect(refused.body.error.reason).toBe('SESSION_ENDED')
    }
    const after = await member(story, 'ADMIN')
    for (const { id } of body.rebuilds)
      expect((await after.get(`/admin/rebuild/${id}`)).status).toBe(200)
  })

  it('is marked by administrators alone', async () => {
    const { story } = await withPoints(0)
    await story.passes(10 * MINUTE)
    const support = await member(story, 'SUPPORT')
    expect((await support.post(PATH, REASON)).status).toBe(403)
    const admin = await member(story, 'ADMIN')
    expect((await admin.post(PATH, {})).status).toBe(400)
  })
})
