import type { Asker } from '../../../src/domain/actor.ts'
import type { PaymentState } from '../../../src/domain/payment/payment.ts'
import { confirmPayment } from '../../../src/usecases/payments/confirm-payment.ts'
import { openPayment } from '../../../src/usecases/payments/open-payment.ts'
import { takeDepositNews } from '../../../src/usecases/payments/take-deposit-news.ts'
import { takeWebhook } from '../../../src/usecases/payments/take-webhook.ts'
import { placeOrder } from '../../../src/usecases/orders/place-order.ts'
import { orderOf } from '../restaurant.ts'
import { Line } from './line.ts'
import type { Place } from './place.ts'
import { FAULTS, isOver, type Row, type State, type Teller } from './rows.ts'
import { keyOf, TROUBLES } from './till.ts'
import { FIRST_PART, METHOD, TELLERS_OF, TOTAL } from './ways.ts'

/** Longer than a claim's lease. */
const LEASE_OVER_MS = 31_000
/** Longer than two tries at voiding take. */
const VOIDED_BY_MS = 60_000
const BEGUN: readonly string[] = ['look-up', 'capture', 'void']

/** One order and the people around it, from its placing to the last word about its money. */
export class Scene {
  readonly row: Row
  readonly place: Place
  readonly guest: Asker
  readonly staff: Asker
  readonly #key = { key: crypto.randomUUID(), fingerprint: 'f' }
  readonly #delivery = crypto.randomUUID()
  orderId = ''
  paymentId = ''
  /** The browser's (or the placing's) first try, that the provider takes its time over. */
  #hung: { line: Line; run: Promise<unknown> } | null = null

  constructor(place: Place, row: Row) {
    this.place = place
    this.row = row
    const session = crypto.randomUUID()
    const points = row.way === 'points' || row.way === 'points+card'
    const userId = points ? crypto.randomUUID() : null
    this.guest = { role: points ? 'CUSTOMER' : 'GUEST', sessionId: session, userId, visit: null }
    this.staff = { role: 'STAFF', sessionId: `${session}-s`, userId: `${session}-u`, visit: null }
  }

  view = () => this.place.read<'order'>({ type: 'order', orderId: this.orderId })

  /** Lives through the row; gives the line on which the fault was to happen. */
  async live(): Promise<Line> {
    const { place, row } = this
    const { till } = place
    place.registers = row.way !== 'feed'
    till.refundTrouble = TROUBLES[row.n % 4]!
    till.voidTrouble = TROUBLES[(row.n >> 2) % 4]!
    till.paysAtOnce = row.way === 'account' && row.first === 'browser'
    till.points.away = false
    till.points.empty = false
    place.moveClock(place.now() + 1)
    const faulty = new Line(place, FAULTS[row.fault])
    await this.#begin(faulty)
    await this.#reach(row.state)
    await this.#arrives(faulty)
    if (row.repeat === 'again') await this.#tellsAgain(row.first)
    till.points.empty = row.points === 'refused' || till.points.empty
    await place.rests()
    return faulty
  }

  async #begin(faulty: Line): Promise<void> {
    const { place, row } = this
    const { till } = place
    if (row.way === 'points') return this.#beginByPoints(faulty)
    await this.#placed()
    const [deposit] = this.view().payments
    if (METHOD[row.way] === 'DEPOSIT') this.paymentId = deposit!.id
    if (row.way === 'counter')
      await place.done(this.staff, { ...this.#atCounter(FIRST_PART), type: 'settle-order' })
    if (this.#onPage()) {
      const payment = await this.#opened()
      this.paymentId = payment!.id
      till.authenticate(this.paymentId)
    }
    await place.idle()
    if (row.way === 'card' || row.way === 'points+card') await this.#hang(faulty)
    if (row.way === 'account' && row.first === 'browser') await this.#hang(faulty)
    else if (row.way === 'account') await this.#confirm(new Line(place))
  }

  #onPage = (): boolean => ['card', 'account', 'stripe', 'points+card'].includes(this.row.way)

  async #placed(): Promise<void> {
    const { place, row } = this
    const line = new Line(
      place,
      row.way === 'points+card' && row.points !== 'taken' ? { cut: 'after', at: 'claim' } : null,
    )
    place.till.points.empty = row.points === 'refused'
    await line.run(() => this.#placing(line))
    const [last] = place.rows('SELECT id FROM orders ORDER BY id DESC LIMIT 1')
    this.orderId = last!.id as string
  }

  #placing(line: Line) {
    const { place, row } = this
    const deposit = METHOD[row.way] === 'DEPOSIT'
    return placeOrder(line.deps, place.itemId, {
      command: orderOf([{ itemId: place.itemId, quantity: 2 }], {
        paymentMethod: METHOD[row.way],
        ...(row.way === 'points+card' && { pointsAmount: FIRST_PART }),
        ...(deposit && { payerName: this.#payer() }),
      }),
      asker: this.guest,
      idempotency: this.#key,
      traceId: null,
    })
  }

  #payer = (): string => `민수${this.row.n}`

  /** The placing hangs while the points are taken, and meanwhile nobody else reaches the ledger. */
  async #beginByPoints(faulty: Line): Promise<void> {
    const { place, row } = this
    // Of what ended before the agenda could take them, points can only have been taken by the placing.
    const line =
      row.first === 'browser'
        ? faulty
        : new Line(place, { cut: 'after', at: isOver(row.state) ? 'provider' : 'claim' })
    line.hold()
    const run = line.run(() => this.#placing(line))
    await line.reached(run)
    this.#hung = { line, run }
    const [last] = place.rows('SELECT id FROM orders WHERE session_id = ?', this.guest.sessionId)
    if (last === undefined) return
    this.orderId = last.id as string
    this.paymentId = this.view().payments[0]!.id
  }

  async #opened(): Promise<PaymentState | null> {
    const { place, row } = this
    const line = new Line(place)
    const opened = await openPayment(line.deps, {
      orderId: this.orderId,
      amount: this.#amount(),
      method: METHOD[row.way],
      asker: this.guest,
      viaLink: false,
      idempotency: null,
      traceId: null,
      returnUrls: { success: '', fail: '' },
    })
    return opened.ok ? opened.value : null
  }

  #amount = (): number => (this.row.way === 'points+card' ? TOTAL - FIRST_PART : TOTAL)

  /** The browser that came back first; where another tells first, it dies with the provider's answer. */
  async #hang(faulty: Line): Promise<void> {
    const line =
      this.row.first === 'browser' ? faulty : new Line(this.place, { cut: 'after', at: 'provider' })
    line.hold()
    const run = line.run(() => this.#confirm(line))
    await line.reached(run)
    this.#hung = { line, run }
  }

  #confirm(line: Line, paymentId = this.paymentId) {
    return confirmPayment(line.deps, {
      id: paymentId,
      providerKey: keyOf(paymentId),
      amount: this.#amount(),
      asker: this.guest,
      viaLink: false,
      traceId: null,
    })
  }

  /** What happens to the order meanwhile. What that commits is handed to nobody yet. */
  async #reach(state: State): Promise<void> {
    if (state === 'unpaid') return
    const { place, orderId } = this
    place.till.points.away = this.row.way === 'points'
    const closesToClaims = !['expired', 'accepted', 'completed'].includes(state)
    const claimed = this.view().payments.some(
      ({ status, provider }) => status === 'CAPTURING' && provider !== 'wallet',
    )
    if (claimed && closesToClaims) await place.passes(LEASE_OVER_MS)
    if (state === 'expired') await place.passesUntil(this.view().order.expiresAt! - 1)
    place.dropping = true
    switch (state) {
      case 'expired':
        place.moveClock(place.now() + 1)
        await place.ring()
        break
      case 'voided':
      case 'cancelled':
        await place.done(this.guest, { type: 'cancel-order', orderId, reason: null })
        break
      case 'rejected':
        await place.done(this.staff, this.#rejecting())
        break
      case 'paid':
        await place.done(this.staff, { ...this.#atCounter(null), type: 'settle-order' })
        break
      case 'short':
      case 'accepted':
      case 'completed':
        await this.#cooked(state)
    }
    place.dropping = false
    place.till.points.away = false
    if (state === 'voided') await place.passes(VOIDED_BY_MS)
  }

  #rejecting = () =>
    ({
      type: 'reject-order',
      orderId: this.orderId,
      reason: '재료 소진',
      soldOutItemIds: [],
    }) as const

  async #cooked(state: 'accepted' | 'completed' | 'short'): Promise<void> {
    const { place, orderId } = this
    const [line] = this.view().order.lines
    await place.done(this.staff, {
      type: 'accept-order',
      orderId,
      estimatedTimeMinutes: 20,
      message: null,
      unavailableLines: state === 'short' ? [{ lineId: line!.id, quantity: 1 }] : [],
    })
    if (state !== 'completed') return
    await place.done(this.staff, { type: 'ready-order', orderId })
    await place.done(this.staff, { type: 'complete-order', orderId })
  }

  /** The money is there, and is told of. */
  async #arrives(faulty: Line): Promise<void> {
    const { place, row } = this
    const { first, way } = row
    if (way === 'stripe' || (way === 'account' && first !== 'browser'))
      place.till.pay(this.paymentId)
    if (METHOD[way] === 'DEPOSIT') place.till.transfers.set(this.paymentId, TOTAL)
    const others = row.repeat === 'all' ? TELLERS_OF[way].filter((one) => one !== first) : []
    const hung = this.#hung
    if (hung !== null && first !== 'browser') {
      hung.line.release()
      await hung.run
    }
    const telling = hung !== null && first === 'browser' ? hung.run : this.#tell(first, faulty)
    // The first is ahead by a step, so that there is something for it to tell.
    await Promise.race([faulty.begun, telling])
    hung?.line.release()
    await Promise.all([telling, ...others.map((one) => this.#tell(one, new Line(place)))])
    if (way === 'counter' && row.repeat === 'all') await this.#otherTablet()
    await place.idle()
    this.#findOrder()
  }

  /** Of an order that the guest had to place again. */
  #findOrder(): void {
    if (this.orderId !== '') return
    const { place } = this
    const [last] = place.rows('SELECT id FROM orders WHERE session_id = ?', this.guest.sessionId)
    this.orderId = (last?.id as string | undefined) ?? ''
  }

  #tell(teller: Teller, line: Line): Promise<unknown> {
    switch (teller) {
      case 'browser':
        return this.row.way === 'points'
          ? line.run(() => this.#placing(line))
          : line.run(() => this.#confirm(line))
      case 'webhook':
        return this.#webhook(line)
      case 'agenda':
        return this.#agenda(line)
      case 'staff':
        return this.#staffTell(line)
    }
  }

  async #tellsAgain(teller: Teller): Promise<void> {
    const { place } = this
    if (teller === 'browser' && this.#onPage()) await this.#browserTriesOn()
    else await this.#tell(teller, new Line(place))
    await place.idle()
    this.#findOrder()
  }

  /** A guest presses on: the same again, again when the claim is over, and then anew. */
  async #browserTriesOn(): Promise<void> {
    const { place } = this
    for (let n = 0; n < 2; n += 1) {
      const outcome = await this.#confirm(new Line(place))
      if (outcome.ok || this.row.way === 'stripe') return
      if (outcome.refusal.kind !== 'CAPTURING') break
      await place.passes(LEASE_OVER_MS)
    }
    const other = await this.#opened()
    if (other === null || other.id === this.paymentId) return
    place.till.authenticate(other.id)
    await this.#confirm(new Line(place), other.id)
  }

  async #webhook(line: Line): Promise<void> {
    const { paymentId, place } = this
    const hint = { paymentId, providerKey: keyOf(paymentId), secret: null }
    await line.run(async () => {
      if (METHOD[this.row.way] === 'DEPOSIT') await this.#depositNews(line)
      else await takeWebhook(line.deps, hint, null)
    })
    await place.idle()
  }

  #depositNews(line: Line) {
    const { place, row, paymentId } = this
    const news =
      row.way === 'payaction'
        ? { kind: 'matched', orderNumber: `code-${paymentId}`, paymentId, at: null }
        : { kind: 'deposited', payerName: this.#payer(), amount: TOTAL }
    return takeDepositNews(line.deps, {
      body: news,
      restaurantId: place.itemId,
      shown: { mallId: 'm', webhookKey: 'k' },
      deliveryId: this.#delivery,
      now: place.now(),
      traceId: null,
    })
  }

  /** The agenda's own entry about the payment is the one that falls due. */
  async #agenda(line: Line): Promise<void> {
    const { place, row } = this
    const payments =
      row.way === 'points' ? [this.paymentId] : this.view().payments.map(({ id }) => id)
    const entry = place
      .dues()
      .find(({ kind, subject }) => BEGUN.includes(kind) && payments.includes(subject))
    if (entry === undefined) return
    if (entry.due > place.now()) await place.passesUntil(entry.due - 1)
    place.moveClock(entry.due)
    await place.ring(line)
    await place.idle()
  }

  async #staffTell(line: Line): Promise<void> {
    const { place, paymentId } = this
    if (this.row.way !== 'counter') {
      const command = { type: 'report-deposit', paymentId, amount: TOTAL } as const
      await line.run(() => place.execute(this.staff, command, line))
      return
    }
    await line.run(() => this.#enterCash(line, this.#key))
  }

  #atCounter = (amount: number | null) =>
    ({ orderId: this.orderId, amount, by: 'CASH', note: null }) as const

  async #enterCash(line: Line, key: { key: string; fingerprint: string }): Promise<void> {
    const command = { ...this.#atCounter(null), type: 'settle-order' } as const
    await this.place.execute(this.staff, command, line, key)
  }

  #otherTablet(): Promise<void> {
    const key = { key: crypto.randomUUID(), fingerprint: 'f' }
    return this.#enterCash(new Line(this.place), key)
  }
}
