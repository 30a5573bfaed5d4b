import type { DatabaseSync } from 'node:sqlite'
import type { Place } from '../lib/place.ts'
import { open } from './files.ts'

/** What was expected and is not so, in words. */
export class Findings {
  readonly problems: string[] = []
  #held = 0

  expect(rule: string, actual: unknown, expected: unknown): void {
    const [is, wanted] = [JSON.stringify(actual), JSON.stringify(expected)]
    if (is === wanted) this.#held += 1
    else this.problems.push(`${rule}: ${shortened(is)} instead of ${shortened(wanted)}`)
  }

  get held(): number {
    return this.#held
  }
}

const shortened = (text: string | undefined): string =>
  text === undefined || text.length <= 300 ? String(text) : `${text.slice(0, 300)}…`

const all = (db: DatabaseSync, sql: string) =>
  db
    .prepare(sql)
    .all()
    .map((row) => ({ ...row }))

/** Types of events that the feed shows whatever their subject says. */
const SHOWN = `('NEW_ORDER', 'STATUS_CHANGED', 'PAYMENT_COMPLETED', 'PAYMENT_CHANGED',
  'REFUND_CHANGED', 'MENU_CHANGED', 'SOLD_OUT', 'STOCK_LOW', 'STOCK_ENOUGH', 'RESTAURANT_CHANGED')`

/** Holds the platform's database against the restaurant's own; both servers are down. */
export async function compareStores(place: Place, findings: Findings): Promise<void> {
  const object = await open(place, 'objects')
  const database = await open(place, 'database')
  try {
    numbers(object, findings)
    const orders = `SELECT id, status, payment_status AS paid, total_amount AS total`
    findings.expect(
      'the read model equals the restaurant',
      all(database, `${orders} FROM order_index ORDER BY id`),
      all(object, `${orders} FROM orders ORDER BY id`),
    )
    feed(object, database, findings)
    wallets(object, database, findings)
  } finally {
    object.close()
    database.close()
  }
}

function numbers(object: DatabaseSync, findings: Findings): void {
  const events = all(object, 'SELECT seq, epoch FROM events ORDER BY seq')
  const [first] = events
  findings.expect(
    'events are numbered without a gap',
    events.map(({ seq }) => seq),
    events.map((_, index) => Number(first?.['seq']) + index),
  )
  const epochs = events.map(({ epoch }) => Number(epoch))
  findings.expect(
    'epochs only rise',
    epochs,
    epochs.toSorted((a, b) => a - b),
  )
}

function feed(object: DatabaseSync, database: DatabaseSync, findings: Findings): void {
  findings.expect(
    'the feed holds the events that the restaurant has, and no others',
    all(database, 'SELECT epoch, seq, id, type FROM feed_events ORDER BY seq, epoch'),
    all(object, `SELECT epoch, seq, id, type FROM events WHERE type IN ${SHOWN} ORDER BY seq`),
  )
  findings.expect(
    'every epoch has arrived to its end',
    all(database, 'SELECT epoch, contiguous_seq AS seq FROM feed_progress ORDER BY epoch'),
    all(object, 'SELECT epoch, max(seq) AS seq FROM events GROUP BY epoch ORDER BY epoch'),
  )
  findings.expect('nothing waits ahead of a gap', all(database, 'SELECT * FROM feed_spans'), [])
}

function wallets(object: DatabaseSync, database: DatabaseSync, findings: Findings): void {
  const sum = `sum(CASE type WHEN 'ADD' THEN amount WHEN 'DEDUCT' THEN -amount ELSE 0 END)`
  findings.expect(
    'wallets equal their ledgers',
    all(database, 'SELECT user_id, balance FROM wallets ORDER BY user_id'),
    all(
      database,
      `SELECT user_id, ${sum} AS balance FROM wallet_entries GROUP BY user_id ORDER BY user_id`,
    ),
  )
  findings.expect(
    'the ledger has what the restaurant took in points',
    all(
      database,
      `SELECT payment_id AS id, amount FROM wallet_entries WHERE cause = 'ORDER'
      ORDER BY payment_id`,
    ),
    all(
      object,
      `SELECT id, amount FROM payments WHERE provider = 'wallet' AND status = 'CAPTURED'
      ORDER BY id`,
    ),
  )
  findings.expect(
    'and what it gave back',
    all(
      database,
      `SELECT refund_id AS id, amount FROM wallet_entries WHERE cause = 'ORDER_REFUND'
      ORDER BY refund_id`,
    ),
    all(
      object,
      `SELECT r.id, r.amount FROM refunds r JOIN payments p ON p.id = r.payment_id
      WHERE p.provider = 'wallet' AND r.status = 'DONE' ORDER BY r.id`,
    ),
  )
}
