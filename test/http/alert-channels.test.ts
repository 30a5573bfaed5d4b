import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { DEPLOYMENT_CHANNEL_ID } from '../../src/domain/alerts/channel.ts'
import { sendAlerts } from '../../src/usecases/alerts/send-alerts.ts'
import { administration, type Listed } from '../support/administration.ts'
import { clearAlerts, DISCORD, MINUTE, SLACK } from '../support/alerts.ts'

interface Channel {
  id: string
  kind: string
  name: string
  hint: string
  kinds: string[] | null
  enabled: boolean
  deployment: boolean
  waiting: number
  given_up: number
}
interface Message {
  kind: string | null
  news: string
  state: string
  attempts: number
  last_error: string | null
  next_try_at: string | null
}
interface Tested {
  outcome: string
  reason: string | null
  retry_after_seconds: number | null
}

const CHANNELS = 'alerts/channels'
const WISH = { kind: 'slack', name: '운영팀', address: SLACK }

let world: Awaited<ReturnType<typeof administration>>

beforeEach(async () => {
  await clearAlerts()
  await env.DB.prepare('DELETE FROM audit_entries').run()
  world = await administration()
})

const get = <T>(path: string) => world.admin.call<T>('GET', path)
const add = (wish: object = WISH) => world.admin.call<Channel>('POST', CHANNELS, wish)
const added = async (wish: object = WISH): Promise<string> => (await add(wish)).body.id
const channels = async () => (await get<Listed<Channel>>(CHANNELS)).body.items
const lines = async () =>
  (
    await env.DB.prepare(
      'SELECT action, subject_id, changes FROM audit_entries ORDER BY rowid',
    ).all<{
      action: string
      subject_id: string
      changes: string
    }>()
  ).results

describe('channels', () => {
  it('are added, changed and taken away; the address is never shown', async () => {
    const made = await add({ ...WISH, kinds: ['low-stock', 'http-5xx', 'low-stock'] })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      ...{ kind: 'slack', name: '운영팀', hint: '…cret', kinds: ['low-stock', 'http-5xx'] },
      ...{ enabled: true, deployment: false, waiting: 0, given_up: 0 },
    })
    const { id } = made.body
    const at = `${CHANNELS}/${id}`
    const other = SLACK.replace('very', 'other').replace('cret', 'word')
    const changed = await world.admin.call<Channel>('PATCH', at, {
      ...{ name: '야간', address: other, kinds: null, enabled: false },
    })
    expect(changed.body).toMatchObject({
      ...{ name: '야간', hint: '…word', kinds: null, enabled: false },
    })
    expect(await channels()).toEqual([changed.body])
    const everything = await Promise.all(
      [CHANNELS, `${at}/messages`, 'audit', 'alerts'].map((path) => get(path)),
    )
    const shown = JSON.stringify([made, changed, everything, world.world.logged])
    for (const secret of ['verysecret', 'othersec', 'hooks.slack.com'])
      expect(shown).not.toContain(secret)
    const row = await env.DB.prepare('SELECT sealed FROM alert_channels').first<{
      sealed: string
    }>()
    expect(row!.sealed).not.toContain('slack')
    for (let n = 0; n < 2; n += 1) expect((await world.admin.call('DELETE', at)).status).toBe(204)
    expect(await channels()).toEqual([])
    expect((await world.admin.call('PATCH', at, { enabled: true })).status).toBe(404)
    expect((await world.admin.call('POST', `${at}/test`)).status).toBe(404)
    expect((await lines()).map(({ action }) => action)).toEqual([
      ...['alert-channel-added', 'alert-channel-changed', 'alert-channel-removed'],
    ])
    const told = JSON.stringify(await lines())
    for (const word of ['야간', '운영팀', 'secret', '…']) expect(told).not.toContain(word)
  })

  it('that stay as they are leave no line', async () => {
    const id = await added({ ...WISH, kinds: ['low-stock'] })
    const same = { name: '운영팀', kinds: ['low-stock'], enabled: true }
    expect((await world.admin.call('PATCH', `${CHANNELS}/${id}`, same)).status).toBe(200)
    expect((await world.admin.call('PATCH', `${CHANNELS}/${id}`, {})).status).toBe(200)
    expect(await lines()).toHaveLength(1)
  })

  it.each([
    ['slack', 'http://hooks.slack.com/services/T0/B0/x'],
    ['slack', 'https://hooks.slack.com.evil.example/services/T0/B0/x'],
    ['slack', 'https://me@hooks.slack.com/services/T0/B0/x'],
    ['slack', 'https://hooks.slack.com:8443/services/T0/B0/x'],
    ['slack', DISCORD],
    ['discord', SLACK],
    ['discord', 'https://discord.com/invite/x'],
    ['discord', 'https://169.254.169.254/api/webhooks/1/x'],
    ['discord', 'not an address'],
    ['email', 'nobody'],
    ['email', 'a@example.com, b@example.com'],
  ])('of %s are not %s', async (kind, address) => {
    const { status, body } = await add({ ...WISH, kind, address })
    expect(status).toBe(400)
    expect(body.error.details).toMatchObject({
      ...{ field: 'address', reason: 'not_an_address_of_the_service' },
    })
    const id = await added(
      kind === 'slack'
        ? WISH
        : { ...WISH, kind, address: { discord: DISCORD, email: 'ops@example.com' }[kind] },
    )
    const moved = await world.admin.call('PATCH', `${CHANNELS}/${id}`, { address })
    expect(moved.status).toBe(400)
  })

  it.each([
    ['without a name', { name: ' ' }],
    ['with a name of a hundred and one', { name: 'x'.repeat(101) }],
    ['of another service', { kind: 'telegram' }],
    ['told of nothing', { kinds: [] }],
    ['told of what there is not', { kinds: ['weather'] }],
    ['with more than that', { secret: 'x' }],
  ])('are refused %s', async (_, more) => {
    expect((await add({ ...WISH, ...more })).status).toBe(400)
    expect(await channels()).toEqual([])
  })

  it('are fifty at most', async () => {
    for (let n = 0; n < 50; n += 1) expect((await add()).status).toBe(201)
    const { status, body } = await add()
    expect([status, body.error.details]).toMatchObject([400, { reason: 'too_many_channels' }])
    expect(await lines()).toHaveLength(50)
  })

  it('are one of the deployment’s own while no other is on', async () => {
    world.deps.settings.outgoing.discordWebhookUrl = DISCORD
    expect(await channels()).toMatchObject([
      { id: DEPLOYMENT_CHANNEL_ID, kind: 'discord', deployment: true, hint: '…cret' },
    ])
    const tested = await world.admin.call<Tested>(
      'POST',
      `${CHANNELS}/${DEPLOYMENT_CHANNEL_ID}/test`,
    )
    expect(tested.body.outcome).toBe('SENT')
    const at = `${CHANNELS}/${DEPLOYMENT_CHANNEL_ID}`
    expect((await get(`${at}/messages`)).status).toBe(200)
    expect((await world.admin.call('DELETE', at)).status).toBe(404)
    expect((await world.admin.call('PATCH', at, { enabled: false })).status).toBe(404)
    const id = await added()
    expect((await channels()).map((channel) => channel.id)).toEqual([id])
  })

  it('have none of the deployment’s own where it has none', async () => {
    const at = `${CHANNELS}/${DEPLOYMENT_CHANNEL_ID}`
    expect(await channels()).toEqual([])
    expect((await world.admin.call('POST', `${at}/test`)).status).toBe(404)
    expect((await get(`${at}/messages`)).status).toBe(404)
  })
})

describe('the test button', () => {
  const test = (id: string) => world.admin.call<Tested>('POST', `${CHANNELS}/${id}/test`)

  it('sends now, and tells that it arrived', async () => {
    const id = await added()
    expect((await test(id)).body).toMatchObject({ outcome: 'SENT', reason: null })
    expect(world.told.map(({ url }) => url)).toEqual([SLACK])
    expect(world.told[0]!.body).toContain('Alerts reach this channel.')
    const { items } = (await get<Listed<Message>>(`${CHANNELS}/${id}/messages`)).body
    expect(items).toMatchObject([{ kind: null, news: 'TEST', state: 'SENT', attempts: 1 }])
  })

  it.each([
    ['is gone', () => new Response(null, { status: 404 }), 'REFUSED', 'STATUS_404', null],
    ['fails', () => new Response(null, { status: 500 }), 'FAILED', 'STATUS_500', null],
    [
      'wants to be left alone',
      () => new Response(null, { status: 429, headers: { 'retry-after': '30' } }),
      ...(['FAILED', 'STATUS_429', 30] as const),
    ],
    [
      'leads elsewhere',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      ...(['REFUSED', 'STATUS_302', null] as const),
    ],
  ])(
    'tells that the other side %s; it is not sent again',
    async (_, answer, outcome, reason, retry) => {
      const id = await added()
      world.chat.answer = answer
      expect((await test(id)).body).toMatchObject({ outcome, reason, retry_after_seconds: retry })
      world.world.now += 60 * MINUTE
      await sendAlerts(world.deps)
      expect(world.told).toHaveLength(1)
      const { items } = (await get<Listed<Message>>(`${CHANNELS}/${id}/messages`)).body
      expect(items).toMatchObject([{ news: 'TEST', state: 'GIVEN_UP', last_error: reason }])
      expect((await channels())[0]).toMatchObject({ waiting: 0, given_up: 0 })
    },
  )

  it('works on a channel that is off', async () => {
    const id = await added()
    await world.admin.call('PATCH', `${CHANNELS}/${id}`, { enabled: false })
    expect((await test(id)).body.outcome).toBe('SENT')
  })

  it('is for five times a minute, whoever presses it', async () => {
    const id = await added()
    const other = await world.someone('ADMIN')
    for (let n = 0; n < 5; n += 1) {
      expect((await test(id)).status).toBe(200)
      world.world.now += 1_000
    }
    const { status, body } = await other.call('POST', `${CHANNELS}/${id}/test`)
    expect([status, body.error.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED'])
    expect(world.told).toHaveLength(5)
    expect((await test(await added())).status).toBe(200)
    world.world.now += 55_000
    expect((await test(id)).status).toBe(200)
  })

  it('changes nothing that the audit trail would tell of', async () => {
    const id = await added()
    await test(id)
    expect(await lines()).toHaveLength(1)
  })
})
