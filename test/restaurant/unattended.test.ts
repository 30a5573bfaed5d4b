import { describe, expect, it } from 'vitest'
import { evictDurableObject } from 'cloudflare:test'
import type { OrderState } from '../../src/domain/order/order.ts'
import type { SecretChange } from '../../src/domain/restaurant/secrets.ts'
import { HOUR, openKitchen, POSTPAID, SECOND, type Kitchen } from '../support/ordering.ts'
import { OWNER, STAFF } from '../support/restaurant.ts'
import { connect, type Client } from '../support/sockets.ts'

const PATIENT = { acceptDeadlineSeconds: 6 * 3600 }
const DISCORD: SecretChange = { name: 'discord-webhook', sealed: 'v1.sealed.one', hint: '…1234' }

/** A kitchen in which an order was found unseen just now, with nobody in. */
async function unattended(settings: object = {}) {
  const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT, ...settings })
  const missed = await kitchen.place()
  await kitchen.later(10 * SECOND)
  return { kitchen, missed }
}

const unseenSince = async (kitchen: Kitchen, order: OrderState) =>
  (await kitchen.view(order)).order.unseenSince
const board = ({ restaurant }: Kitchen) =>
  connect(restaurant, STAFF, { expiresAt: restaurant.now() + 12 * HOUR })
async function leave({ socket, closed }: Client) {
  socket.close(1000)
  await closed
}
const waitsToBeSeen = async (kitchen: Kitchen, order: OrderState) =>
  (await kitchen.agenda('unseen-order')).some(({ subject }) => subject === order.id)

describe('an order that is placed where nobody was in for one a moment ago', () => {
  it('is unseen from the start and not waited for', async () => {
    const { kitchen } = await unattended()
    const next = await kitchen.place()
    expect(await unseenSince(kitchen, next)).toBe(kitchen.restaurant.now())
    expect(await waitsToBeSeen(kitchen, next)).toBe(false)
  })

  it('says so in its first event, and in no other', async () => {
    const { kitchen } = await unattended()
    const next = await kitchen.place()
    await kitchen.later(HOUR)
    const told = (await kitchen.restaurant.events()).filter(
      ({ subject }) => subject.kind === 'order' && subject.order.id === next.id,
    )
    expect(told).toMatchObject([
      { type: 'NEW_ORDER', subject: { order: { unseenSince: next.placedAt } } },
    ])
  })

  it('is answered to its guest as any other', async () => {
    const { kitchen, missed } = await unattended()
    const { unseenSince: answered } = await kitchen.place()
    expect(answered).toBe(missed.unseenSince)
  })

  it.each([
    [
      'a board is connected',
      async (kitchen: Kitchen) => {
        await board(kitchen)
      },
    ],
    [
      'a board was connected since',
      async (kitchen: Kitchen) => {
        await leave(await board(kitchen))
      },
    ],
    [
      'staff have done something since',
      async (kitchen: Kitchen, missed: OrderState) =>
        kitchen.restaurant.done(STAFF, { type: 'acknowledge-order', orderId: missed.id }),
    ],
    ['a minute has passed', async (kitchen: Kitchen) => kitchen.later(60 * SECOND)],
    [
      'the object was evicted',
      async (kitchen: Kitchen) => evictDurableObject(kitchen.restaurant.stub()),
    ],
  ])('is waited for where %s', async (_, happens) => {
    const { kitchen, missed } = await unattended()
    await happens(kitchen, missed)
    const next = await kitchen.place()
    expect(await unseenSince(kitchen, next)).toBeNull()
    expect(await waitsToBeSeen(kitchen, next)).toBe(true)
  })

  it('is waited for where the one before was missed with a board connected', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    const socket = await board(kitchen)
    await kitchen.place()
    await kitchen.later(60 * SECOND)
    await leave(socket)
    const next = await kitchen.place()
    expect(await waitsToBeSeen(kitchen, next)).toBe(true)
  })

  it('keeps the next so for another minute', async () => {
    const { kitchen } = await unattended()
    await kitchen.later(50 * SECOND)
    await kitchen.place()
    await kitchen.later(50 * SECOND)
    expect(await waitsToBeSeen(kitchen, await kitchen.place())).toBe(false)
  })

  it('is told to the owner ten seconds later, with those that came in between', async () => {
    const kitchen = await openKitchen({ ...POSTPAID, ...PATIENT })
    await kitchen.restaurant.done(OWNER, {
      type: 'edit-restaurant',
      changes: {},
      secrets: [DISCORD],
    })
    const first = await kitchen.place()
    await kitchen.later(10 * SECOND)
    expect(kitchen.taken('notify')).toMatchObject([{ notice: { orders: [{ id: first.id }] } }])
    await kitchen.report({
      kind: 'notified',
      sink: 'discord',
      orderIds: [first.id],
      outcome: { kind: 'sent' },
    })
    const second = await kitchen.place()
    await kitchen.later(5 * SECOND)
    const third = await kitchen.place()
    await kitchen.later(5 * SECOND - 2)
    expect(kitchen.taken('notify')).toEqual([])
    await kitchen.later(1)
    const orders = [first, second, third].map(({ id }) => ({ id }))
    expect(kitchen.taken('notify')).toMatchObject([{ notice: { orders } }])
  })
})
