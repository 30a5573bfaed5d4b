import { describe, expect, it } from 'vitest'
import type { Report } from '../../../src/domain/jobs.ts'
import type { OrderState } from '../../../src/domain/order/order.ts'
import type { PaymentState, RefundState } from '../../../src/domain/payment/payment.ts'
import type { Mail } from '../../../src/providers/mail-port.ts'
import { tellRefund, type TellRefundDeps } from '../../../src/usecases/jobs/tell-refund.ts'
import { anOrder, aRefund, captured, NOW, points } from '../../support/orders.ts'

const JOB = { kind: 'tell-refund', restaurantId: 'r', refundId: 'refund-1' } as const
const PROOF = { method: 'CASH', note: '12', by: 'owner', at: NOW } as const

interface Situation {
  refund?: Partial<RefundState>
  payment?: PaymentState
  order?: OrderState
  member?: { email: string } | null
  gateway?: 'up' | 'down' | 'none'
  database?: 'up' | 'down'
}

/** Tells of a refund; what was mailed, reported and logged by it. */
async function told(situation: Situation) {
  const { refund = {}, payment = captured(), order = anOrder({ userId: 'minsu' }) } = situation
  const { member = { email: 'minsu@example.com' }, gateway = 'up', database = 'up' } = situation
  const mails: Mail[] = []
  const reports: Report[] = []
  const logged: string[] = []
  const found = { refund: aRefund({ amount: 5_000, ...refund }), payment, order }
  const send = (mail: Mail) => {
    mails.push(mail)
    return gateway === 'up' ? Promise.resolve() : Promise.reject(new Error('no gateway'))
  }
  const deps = {
    restaurants: () => ({
      query: ({ query }: { query: { type: string } }) =>
        Promise.resolve({ ok: true, value: query.type === 'refund' ? found : { name: '치킨집' } }),
      report: (report: Report) => {
        reports.push(report)
        return Promise.resolve({})
      },
    }),
    users: {
      byId: () =>
        database === 'up' ? Promise.resolve(member) : Promise.reject(new Error('D1 is down')),
    },
    mail: gateway === 'none' ? null : { send },
    log: ({ kind }: { kind: string }) => logged.push(kind),
  } as unknown as TellRefundDeps
  const threw = await tellRefund(deps, JOB).then(
    () => false,
    () => true,
  )
  return { mails, reports, logged, threw }
}

describe('telling a member of a refund', () => {
  it('says in both languages what went back, of which order', async () => {
    const { mails, reports } = await told({ refund: { status: 'DONE' } })
    expect(mails).toMatchObject([{ id: 'refund-1-DONE', to: 'minsu@example.com' }])
    const { subject, text } = mails[0]!
    expect(subject).toContain('치킨집 주문 A001')
    for (const words of ['₩5,000', '환불이 완료되었습니다', 'has gone back', 'A001 at 치킨집'])
      expect(text).toContain(words)
    expect(reports).toEqual([{ kind: 'refund-told', refundId: 'refund-1', status: 'DONE' }])
  })

  it.each([
    ['due to people', { refund: { status: 'DUE' as const } }, 'will pay it back to you by hand'],
    [
      'paid back by people',
      { refund: { status: 'DONE' as const, proof: PROOF } },
      'has paid it back to you by hand',
    ],
    [
      'points again',
      { refund: { status: 'DONE' as const }, payment: points({ status: 'CAPTURED' }) },
      'among your points again',
    ],
  ])('says so where it is %s', async (_, situation, words) => {
    expect((await told(situation)).mails[0]?.text).toContain(words)
  })

  it('is a mail of its own for every status, and the same one when it is repeated', async () => {
    const ids = await Promise.all(
      (['DUE', 'DONE', 'DONE'] as const).map(
        async (status) => (await told({ refund: { status } })).mails[0]?.id,
      ),
    )
    expect(ids).toEqual(['refund-1-DUE', 'refund-1-DONE', 'refund-1-DONE'])
  })

  it.each(['REQUESTED', 'DROPPED'] as const)('says nothing while it is %s', async (status) => {
    const { mails, reports } = await told({ refund: { status } })
    expect([mails, reports]).toEqual([[], [{ kind: 'refund-told', refundId: 'refund-1', status }]])
  })

  it.each([
    ['a guest', { order: anOrder() }],
    ['an account that is gone', { member: null }],
  ])('has nobody to tell for %s', async (_, situation) => {
    const { mails, reports } = await told({ refund: { status: 'DONE' }, ...situation })
    expect([mails.length, reports.length]).toEqual([0, 1])
  })

  it('is done with a line in the log where no gateway is set up', async () => {
    const { reports, logged } = await told({ refund: { status: 'DONE' }, gateway: 'none' })
    expect([reports.length, logged]).toEqual([1, ['refund-not-told']])
  })

  it.each([
    ['the gateway', { gateway: 'down' as const }],
    ['the database', { database: 'down' as const }],
  ])('comes back while %s is down', async (_, situation) => {
    const { reports, threw } = await told({ refund: { status: 'DONE' }, ...situation })
    expect([reports, threw]).toEqual([[], true])
  })
})
