import { describe, expect, it } from 'vitest'
import committed from '../../../docs/lifecycle.md?raw'
import { lifecycleDoc } from '../../../scripts/lib/lifecycle-doc.ts'
import { ACCOUNT_ROLES, type Asker } from '../../../src/domain/actor.ts'
import {
  allowedActions,
  isOwn,
  judge,
  LIFECYCLE,
  ORDER_VERBS,
  rings,
  type OrderVerb,
  type Verdict,
} from '../../../src/domain/order/lifecycle.ts'
import { ORDER_STATUSES, type OrderState } from '../../../src/domain/order/order.ts'
import { grid } from '../../support/grid.ts'
import { anAsker, anOrder, NOW } from '../../support/orders.ts'

const LEADS_TO = grid(`
  verb        PENDING    ACCEPTED   READY      COMPLETED  REJECTED  CANCELLED  EXPIRED
  accept      ACCEPTED   -          -          -          -         -          -
  auto-accept ACCEPTED   -          -          -          -         -          -
  reject      REJECTED   -          -          -          -         -          -
  auto-reject REJECTED   -          -          -          -         -          -
  ready       -          READY      -          -          -         -          -
  complete    -          -          COMPLETED  -          -         -          -
  cancel      CANCELLED  -          -          -          -         -          -
  void        CANCELLED  CANCELLED  CANCELLED  -          -         -          -
  expire      EXPIRED    -          -          -          -         -          -
  fail        CANCELLED  -          -          -          -         -          -
`)

const WHO = grid(`
  verb        GUEST  CUSTOMER  OWNER  STAFF  SUPPORT  INVENTORY  MARKETING  ADMIN  EXTERNAL  SYSTEM
  accept      no     no        yes    yes    no       no         no         yes    no        no
  auto-accept no     no        no     no     no       no         no         no     no        yes
  reject      no     no        yes    yes    no       no         no         yes    no        no
  auto-reject no     no        no     no     no       no         no         no     no        yes
  ready       no     no        yes    yes    no       no         no         yes    no        no
  complete    no     no        yes    yes    no       no         no         yes    no        no
  cancel      own    own       own    own    own      own        own        own    no        no
  void        no     no        yes    yes    yes      no         no         yes    no        no
  expire      no     no        no     no     no       no         no         no     no        yes
  fail        no     no        no     no     no       no         no         no     no        yes
`)

/** Money situations: what was captured, what came back, and what the order says of it. */
const MONEY: Record<string, Partial<OrderState>> = {
  unpaid: { paymentStatus: 'UNPAID' },
  opened: { paymentStatus: 'PENDING' },
  part: { paymentStatus: 'PENDING', capturedAmount: 5_000 },
  paid: { paymentStatus: 'PAID', capturedAmount: 18_000 },
  free: { paymentStatus: 'PAID', totalAmount: 0 },
  partly: { paymentStatus: 'PARTIALLY_REFUNDED', capturedAmount: 18_000, refundedAmount: 5_000 },
  refunded: { paymentStatus: 'REFUNDED', capturedAmount: 18_000, refundedAmount: 18_000 },
  due: { paymentStatus: 'REFUND_DUE', capturedAmount: 18_000, refundDueAmount: 18_000 },
  gone: {
    paymentStatus: 'REFUND_DUE',
    capturedAmount: 18_000,
    refundedAmount: 18_000,
    refundDueAmount: 18_000,
  },
}

/** What the money of a prepaid order says to each verb. A postpaid one waits for none, so it never expires. */
const MONEY_ALLOWS = grid(`
  verb        unpaid  opened  part  paid  free  partly  refunded  due  gone
  accept      no      no      no    yes   yes   yes     no        yes  no
  auto-accept no      no      no    yes   yes   yes     no        yes  no
  reject      yes     yes     yes   yes   yes   yes     yes       yes  yes
  auto-reject yes     yes     yes   yes   yes   yes     yes       yes  yes
  ready       yes     yes     yes   yes   yes   yes     yes       yes  yes
  complete    yes     yes     yes   yes   yes   yes     yes       yes  yes
  cancel      yes     yes     yes   yes   yes   yes     yes       yes  yes
  void        yes     yes     yes   yes   yes   yes     yes       yes  yes
  expire      yes     yes     yes   no    no    no      no        no   no
  fail        yes     yes     yes   yes   yes   yes     yes       yes  yes
`)
/** A payment that hangs holds up what ends an order, never the kitchen. */
const WAITS_FOR_CAPTURE = new Set<OrderVerb>(['reject', 'auto-reject', 'cancel', 'void', 'expire'])
const ROLES = ['GUEST', ...ACCOUNT_ROLES, 'SYSTEM'] as const

interface Cell {
  name: string
  order: OrderState
  money: string
  asker: Asker
  own: boolean
  capturing: boolean
}

const CELLS: readonly Cell[] = ROLES.flatMap((role) =>
  [true, false].flatMap((own) =>
    ORDER_STATUSES.flatMap((status) =>
      (['PREPAID', 'POSTPAID'] as const).flatMap((paymentPolicy) =>
        Object.entries(MONEY).flatMap(([money, amounts]) =>
          [true, false].map((capturing): Cell => {
            const asker = anAsker(role)
            const sessionId = own ? asker.sessionId : 'somebody-else'
            const order = anOrder({ status, paymentPolicy, sessionId, ...amounts })
            const whose = own ? 'own' : "another's"
            const name = `${role} ${whose} ${status} ${paymentPolicy} ${money} capturing:${capturing}`
            return { name, order, money, asker, own, capturing }
          }),
        ),
      ),
    ),
  ),
)

function expected(verb: OrderVerb, { order, money, asker, own, capturing }: Cell): Verdict {
  const who = WHO(verb, asker.role)
  if (who === 'no' || (who === 'own' && !own)) return 'forbidden'
  if (LEADS_TO(verb, order.status) === '-') return 'state'
  const prepaid = order.paymentPolicy === 'PREPAID'
  if (prepaid ? MONEY_ALLOWS(verb, money) === 'no' : verb === 'expire') return 'state'
  return capturing && WAITS_FOR_CAPTURE.has(verb) ? 'capturing' : 'ok'
}

describe('moving an order', () => {
  it.each(ORDER_VERBS)('%s: every status, role, money and claim', (verb) => {
    const wrong = CELLS.flatMap((cell) => {
      const verdict = judge(verb, cell.order, { capturing: cell.capturing }, cell.asker)
      const wanted = expected(verb, cell)
      return verdict === wanted ? [] : [`${cell.name}: ${verdict}, not ${wanted}`]
    })
    expect(wrong).toEqual([])
  })

  it.each(ORDER_VERBS)('%s leads where the table says', (verb) => {
    for (const status of ORDER_STATUSES) {
      const from: readonly string[] = LIFECYCLE[verb].from
      expect(from.includes(status) ? LIFECYCLE[verb].to : '-').toBe(LEADS_TO(verb, status))
    }
  })

  it('never comes back to where it was', () => {
    const next = (status: string): string[] =>
      ORDER_VERBS.filter((verb) =>
        (LIFECYCLE[verb].from as readonly string[]).includes(status),
      ).map((verb) => LIFECYCLE[verb].to)
    for (const start of ORDER_STATUSES) {
      const reached = new Set<string>()
      const open = next(start)
      for (let status = open.pop(); status !== undefined; status = open.pop()) {
        if (reached.has(status)) continue
        reached.add(status)
        open.push(...next(status))
      }
      expect(reached.has(start), `${start} reaches itself`).toBe(false)
    }
  })

  it.each(['COMPLETED', 'REJECTED', 'CANCELLED', 'EXPIRED'] as const)(
    'ends for good when %s, whoever asks for whatever',
    (status) => {
      const moves = CELLS.filter(({ order }) => order.status === status).flatMap((cell) =>
        ORDER_VERBS.filter(
          (verb) => judge(verb, cell.order, { capturing: cell.capturing }, cell.asker) === 'ok',
        ),
      )
      expect(moves).toEqual([])
    },
  )

  const EFFECTS = {
    accept: ['sell-stock', 'settle-difference'],
    'auto-accept': ['sell-stock', 'settle-difference'],
    reject: ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
    'auto-reject': ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
    ready: [],
    complete: [],
    cancel: ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
    void: ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
    expire: ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
    fail: ['release-stock', 'refund', 'end-payments', 'give-coupons-back'],
  } as const satisfies Record<OrderVerb, readonly string[]>

  it.each(ORDER_VERBS)('%s has its effects, and no others', (verb) => {
    expect(LIFECYCLE[verb].effects).toEqual(EFFECTS[verb])
  })
})

describe("an order's allowed actions", () => {
  const BUTTONS = ['accept', 'reject', 'ready', 'complete', 'cancel'] as const

  it("are exactly the verbs that would succeed, in every situation; to administrators a guest's alone", () => {
    const wrong = CELLS.flatMap((cell) => {
      const shown = allowedActions(cell.order, { capturing: cell.capturing }, cell.asker)
      const verbs = shown.filter((action) => action !== 'pay' && action !== 'acknowledge')
      const buttons = cell.asker.role === 'ADMIN' ? (['cancel'] as const) : BUTTONS
      const wanted = buttons.filter((verb) => expected(verb, cell) === 'ok')
      return verbs.join() === wanted.join() ? [] : [`${cell.name}: ${verbs.join()}`]
    })
    expect(wrong).toEqual([])
  })

  it('let nobody but its owner pay, while not all has come, it costs something and no claim is open', () => {
    const PAYABLE = {
      PREPAID: ['PENDING'],
      POSTPAID: ['PENDING', 'ACCEPTED', 'READY', 'COMPLETED'],
    }
    const wrong = CELLS.flatMap((cell) => {
      const { order, asker, own, capturing, money } = cell
      const shown = allowedActions(order, { capturing }, asker).includes('pay')
      const open = PAYABLE[order.paymentPolicy].includes(order.status)
      const wanted = own && open && !capturing && ['unpaid', 'opened', 'part'].includes(money)
      return shown === wanted ? [] : [`${cell.name}: ${shown}`]
    })
    expect(wrong).toEqual([])
  })

  it('have no payment online for an order that is paid at the counter', () => {
    const order = anOrder({ paymentPolicy: 'POSTPAID', paymentMethod: 'COUNTER' })
    expect(allowedActions(order, { capturing: false }, anAsker('GUEST'))).toEqual(['cancel'])
  })

  it('let staff acknowledge exactly what rings', () => {
    const wrong = CELLS.flatMap((cell) => {
      const { order, asker, capturing, money } = cell
      const shown = allowedActions(order, { capturing }, asker).includes('acknowledge')
      const staff = asker.role === 'OWNER' || asker.role === 'STAFF'
      const moneyIn = order.paymentPolicy === 'POSTPAID' || MONEY_ALLOWS('accept', money) === 'yes'
      const open = ['PENDING', 'ACCEPTED', 'READY'].includes(order.status)
      return shown === (staff && open && moneyIn) ? [] : [`${cell.name}: ${shown}`]
    })
    expect(wrong).toEqual([])
  })
})

describe('the board', () => {
  const paid = anOrder({ paymentStatus: 'PAID', capturedAmount: 18_000 })

  it('is silent while a prepaid order waits for its money, and rings when it is in', () => {
    expect(rings(anOrder())).toBe(false)
    expect(rings(paid)).toBe(true)
  })

  it('rings for a postpaid order from the start', () => {
    expect(rings(anOrder({ paymentPolicy: 'POSTPAID' }))).toBe(true)
  })

  it('rings until a tablet has acknowledged it', () => {
    expect(rings({ ...paid, acknowledgedAt: NOW })).toBe(false)
  })

  it('rings on when the deadline accepted what nobody has seen', () => {
    expect(rings({ ...paid, status: 'ACCEPTED' })).toBe(true)
  })

  it('is silent when the order is over', () => {
    expect(rings({ ...paid, status: 'CANCELLED' })).toBe(false)
    expect(rings({ ...paid, status: 'COMPLETED' })).toBe(false)
  })
})

describe('whose an order is', () => {
  const order = anOrder({ sessionId: 'phone', userId: 'minsu' })

  it.each([
    ['the session that placed it', { sessionId: 'phone', userId: null }, true],
    [
      'the account that placed it, from another device',
      { sessionId: 'pad', userId: 'minsu' },
      true,
    ],
    ['another account', { sessionId: 'pad', userId: 'jiwoo' }, false],
    ['another session without an account', { sessionId: 'pad', userId: null }, false],
  ])('%s', (_, who, own) => expect(isOwn(order, anAsker('CUSTOMER', who))).toBe(own))

  it('is nobody’s by having no account in common', () => {
    expect(isOwn(anOrder({ sessionId: 'a' }), anAsker('GUEST', { sessionId: 'b' }))).toBe(false)
  })
})

describe('the documented lifecycle', () => {
  it('is what the tables draw (node scripts/draw-lifecycle.ts)', () => {
    expect(committed).toBe(lifecycleDoc())
  })
})
