import { describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Job } from '../../src/domain/jobs.ts'
import { subjectsOf, type NotifyOutcome } from '../../src/domain/restaurant/notice.ts'
import type { SecretChange } from '../../src/domain/restaurant/secrets.ts'
import { accept, HOUR, openKitchen, POSTPAID, SECOND, type Kitchen } from '../support/ordering.ts'
import { guest, orderOf, OWNER, STAFF } from '../support/restaurant.ts'
import { connect, typesOf } from '../support/sockets.ts'

const PATIENT = { acceptDeadlineSeconds: 6 * 3600 }
const DISCORD: SecretChange = { name: 'discord-webhook', sealed: 'v1.sealed.one', hint: '…1234' }
const SLACK: SecretChange = { name: 'slack-webhook', sealed: 'v1.sealed.two', hint: '…5678' }

const board = ({ restaurant }: Kitchen) =>
  connect(restaurant, STAFF, { expiresAt: restaurant.now() + 12 * HOUR })
const unseenSince = async (kitchen: Kitchen, order: { id: string }) =>
  (await kitchen.view(order)).order.unseenSince
const entrust = ({ restaurant }: Kitchen, ...secrets: SecretChange[]) =>
  restaurant.done(OWNER, { type: 'edit-restaurant', changes: {}, secrets })
const acknowledge = ({ restaurant }: Kitchen, order: { id: string }) =>
  restaurant.done(STAFF, { type: 'acknowledge-order', orderId: order.id })

describe('an order that rings', () => {
  it('is unseen after a minute that no tablet acknowledged it in', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    await board(kitchen)
    const order = await kitchen.place()
    await kitchen.later(60 * SECOND - 1)
    expect(await unseenSince(kitchen, order)).toBeNull()
    await kitchen.later(1)
    expect(await unseenSince(kitchen, order)).toBe(kitchen.restaurant.now())
  })

  it('is unseen after ten seconds where no board is there to ring', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const order = await kitchen.place()
    await kitchen.later(10 * SECOND)
    expect(await unseenSince(kitchen, order)).toBe(kitchen.restaurant.now())
  })

  it('has the whole minute when a board comes back within those seconds', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const order = await kitchen.place()
    await kitchen.later(5 * SECOND)
    await board(kitchen)
    await kitchen.later(30 * SECOND)
    expect(await unseenSince(kitchen, order)).toBeNull()
    await kitchen.later(25 * SECOND)
    expect(await unseenSince(kitchen, order)).not.toBeNull()
  })

  it('does not count a socket that watches one order as a board', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const first = await kitchen.place()
    await connect(kitchen.restaurant, STAFF, { orderId: first.id })
    await kitchen.later(10 * SECOND)
    expect(await unseenSince(kitchen, first)).not.toBeNull()
  })

  it('waits as long as the setting says', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT, unseenAlertSeconds: 120 })
    await board(kitchen)
    const order = await kitchen.place()
    await kitchen.later(119 * SECOND)
    expect(await unseenSince(kitchen, order)).toBeNull()
  })

  it('is not unseen once acknowledged, accepted, or over', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    await board(kitchen)
    const [seen, accepted, over] = [
      await kitchen.place(),
      await kitchen.place(),
      await kitchen.place(),
    ]
    await acknowledge(kitchen, seen)
    await kitchen.restaurant.done(STAFF, accept(accepted.id))
    await kitchen.restaurant.done(kitchen.minsu, {
      type: 'cancel-order',
      orderId: over.id,
      reason: null,
    })
    expect(await kitchen.agenda('unseen-order')).toEqual([])
    await kitchen.later(HOUR)
    for (const order of [seen, accepted, over]) expect(await unseenSince(kitchen, order)).toBeNull()
  })

  it('that the deadline accepted is unseen all the same', async () => {
    const kitchen = await openKitchen({
      ...POSTPAID,
      acceptDeadlineSeconds: 30,
      acceptDeadlineOutcome: 'AUTO_ACCEPT',
    })
    await board(kitchen)
    const order = await kitchen.place()
    await kitchen.later(30 * SECOND)
    await kitchen.later(30 * SECOND)
    expect(await kitchen.view(order)).toMatchObject({ order: { status: 'ACCEPTED' } })
    expect(await unseenSince(kitchen, order)).not.toBeNull()
  })

  it('begins to wait when the money is in, where it is paid first', async () => {
    const kitchen = await openKitchen(PATIENT)
    await board(kitchen)
    const order = await kitchen.place()
    await kitchen.later(5 * 60 * SECOND)
    expect(await unseenSince(kitchen, order)).toBeNull()
    await kitchen.paid(order)
    await kitchen.later(59 * SECOND)
    expect(await unseenSince(kitchen, order)).toBeNull()
    await kitchen.later(SECOND)
    expect(await unseenSince(kitchen, order)).not.toBeNull()
  })
})

describe('an order that nobody has seen', () => {
  it('is told to its guest and to no other guest', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const order = await kitchen.place()
    const other = await kitchen.place(guest('jiwon'))
    await acknowledge(kitchen, other)
    const mine = await connect(kitchen.restaurant, kitchen.minsu, { orderId: order.id })
    const theirs = await connect(kitchen.restaurant, guest('jiwon'), { orderId: other.id })
    await mine.heard()
    await theirs.heard()
    await kitchen.later(10 * SECOND)
    const [told] = await mine.heard()
    expect(told).toMatchObject({
      type: 'ORDER_UNSEEN',
      order_id: order.id,
      order: { unseen_since: new Date(kitchen.restaurant.now()).toISOString() },
    })
    expect(typesOf(await theirs.heard())).toEqual([])
  })

  it('shows no such time any more when somebody has', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const order = await kitchen.place()
    await kitchen.later(10 * SECOND)
    const mine = await connect(kitchen.restaurant, kitchen.minsu, { orderId: order.id })
    await mine.heard()
    await acknowledge(kitchen, order)
    expect((await mine.heard())[0]).toMatchObject({ order: { unseen_since: null } })
  })
})

describe('a prepaid restaurant that stops when orders are unseen', () => {
  const unattended = async (settings: object = {}) => {
    const kitchen = await openKitchen({ ...PATIENT, stopWhenUnseen: true, ...settings })
    const order = await kitchen.place()
    await kitchen.paid(order)
    await kitchen.later(10 * SECOND)
    const next = () =>
      kitchen.restaurant.execute(guest('next'), orderOf([{ itemId: kitchen.item.id, quantity: 1 }]))
    return { kitchen, order, next }
  }
  const CLOSED = { ok: false, refusal: { kind: 'RESTAURANT_CLOSED', opensAt: null } }

  it('takes none until a board connects', async () => {
    const { kitchen, next } = await unattended()
    expect(await next()).toEqual(CLOSED)
    expect(await kitchen.restaurant.read(OWNER, { type: 'restaurant' })).toMatchObject({
      paused: true,
      pauseReason: 'UNSEEN',
    })
    await board(kitchen)
    expect(await next()).toMatchObject({ ok: true })
  })

  it.each(['acknowledges', 'accepts'])('goes on when staff %s the order', async (what) => {
    const { kitchen, order, next } = await unattended()
    if (what === 'acknowledges') await acknowledge(kitchen, order)
    else await kitchen.restaurant.done(STAFF, accept(order.id))
    expect(await next()).toMatchObject({ ok: true })
  })

  it('is not resumed by a guest, nor by what the guest does', async () => {
    const { kitchen, order, next } = await unattended()
    await connect(kitchen.restaurant, kitchen.minsu, { orderId: order.id })
    await kitchen.restaurant.execute(kitchen.minsu, {
      type: 'cancel-order',
      orderId: order.id,
      reason: null,
    })
    expect(await next()).toEqual(CLOSED)
  })

  it('does not end a pause that staff made', async () => {
    const { kitchen, next } = await unattended()
    await kitchen.restaurant.done(STAFF, { type: 'pause-restaurant', until: null })
    await board(kitchen)
    expect(await next()).toEqual(CLOSED)
  })

  it('goes on where it is not set to stop, or is paid afterwards', async () => {
    expect(await (await unattended({ stopWhenUnseen: false })).next()).toMatchObject({ ok: true })
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT, stopWhenUnseen: true })
    await kitchen.place()
    await kitchen.later(10 * SECOND)
    expect((await kitchen.restaurant.read(OWNER, { type: 'restaurant' })).paused).toBe(false)
  })
})

describe('telling the owner', () => {
  type NotifyJob = Extract<Job, { kind: 'notify' }>

  async function told(...secrets: SecretChange[]) {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    await entrust(kitchen, ...secrets)
    const unseen = async () => {
      const order = await kitchen.place()
      await kitchen.later(10 * SECOND)
      return order
    }
    const jobs = async (): Promise<NotifyJob[]> => {
      await kitchen.restaurant.ringAlarm()
      return kitchen.taken('notify')
    }
    const report = (job: NotifyJob, outcome: NotifyOutcome) =>
      kitchen.report({
        kind: 'notified',
        sink: job.sink,
        ...subjectsOf(job.notice),
        outcome,
      })
    return { kitchen, unseen, jobs, report }
  }

  it('is a job per sink that is set, without the secret in it', async () => {
    const { unseen, jobs } = await told(DISCORD, SLACK)
    const order = await unseen()
    const owed = await jobs()
    expect(owed.map(({ sink }) => sink).sort()).toEqual(['discord', 'slack'])
    expect(owed[0]?.notice).toMatchObject({
      restaurantName: '맛있는 치킨집',
      stopped: false,
      orders: [{ id: order.id, number: 'A001', tableName: null }],
    })
    expect(JSON.stringify(owed)).not.toContain('v1.sealed')
  })

  it('is nothing without a sink', async () => {
    const { kitchen, unseen, jobs } = await told()
    await unseen()
    expect(await jobs()).toEqual([])
    expect(await kitchen.agenda('notify')).toEqual([])
  })

  it('is owed until it is reported', async () => {
    const { kitchen, unseen, jobs, report } = await told(DISCORD)
    await unseen()
    const [job] = await jobs()
    await kitchen.later(20 * SECOND)
    const again = await jobs()
    expect(again).toEqual([job])
    await report(job!, { kind: 'sent' })
    expect(await kitchen.agenda('notify')).toEqual([])
  })

  it('waits as long as the sink asks for', async () => {
    const { kitchen, unseen, jobs, report } = await told(DISCORD)
    await unseen()
    const [job] = await jobs()
    await report(job!, { kind: 'failed', reason: 'STATUS_429', retryAfterSeconds: 90 })
    await kitchen.later(89 * SECOND)
    expect(await jobs()).toEqual([])
    await kitchen.later(SECOND)
    expect(await jobs()).toHaveLength(1)
  })

  it('is given up where the address is no good', async () => {
    const { kitchen, unseen, jobs, report } = await told(DISCORD)
    await unseen()
    const [job] = await jobs()
    await report(job!, { kind: 'refused', reason: 'STATUS_404' })
    await kitchen.later(HOUR)
    expect(await jobs()).toEqual([])
  })

  it('ends when somebody has seen the order before it went out', async () => {
    const { kitchen, unseen, jobs } = await told(DISCORD)
    const order = await unseen()
    await jobs()
    await acknowledge(kitchen, order)
    await kitchen.later(20 * SECOND)
    expect(await jobs()).toEqual([])
    expect(await kitchen.agenda('notify')).toEqual([])
  })

  it('names in a second notice, half a minute later, what came to be unseen meanwhile', async () => {
    const { kitchen, unseen, jobs, report } = await told(DISCORD)
    const first = await unseen()
    const [job] = await jobs()
    const second = await unseen()
    await report(job!, { kind: 'sent' })
    await kitchen.later(29 * SECOND)
    expect(await jobs()).toEqual([])
    await kitchen.later(SECOND)
    const [next] = await jobs()
    expect(subjectsOf(next!.notice).orderIds).toEqual([first.id, second.id])
  })
})

describe('a secret of the restaurant', () => {
  it('is read sealed by the system alone, and shown as a hint', async () => {
    const kitchen = await openKitchen()
    await entrust(kitchen, DISCORD)
    const { restaurant } = kitchen
    const question = { type: 'sealed-secret', name: 'discord-webhook' } as const
    expect(await restaurant.read(SYSTEM, question)).toBe('v1.sealed.one')
    expect(await restaurant.query(OWNER, question)).toMatchObject({ ok: false })
    const own = await restaurant.read(OWNER, { type: 'own-restaurant' })
    expect(own.secrets).toEqual([{ name: 'discord-webhook', hint: '…1234' }])
    expect(JSON.stringify([own, await restaurant.events()])).not.toContain('sealed')
  })

  it('is replaced, and taken away', async () => {
    const kitchen = await openKitchen()
    await entrust(kitchen, DISCORD)
    await entrust(kitchen, { ...DISCORD, sealed: 'v1.sealed.new', hint: '…9' })
    const { restaurant } = kitchen
    const question = { type: 'sealed-secret', name: 'discord-webhook' } as const
    expect(await restaurant.read(SYSTEM, question)).toBe('v1.sealed.new')
    await entrust(kitchen, { name: 'discord-webhook', sealed: null })
    expect(await restaurant.read(SYSTEM, question)).toBeNull()
  })
})
