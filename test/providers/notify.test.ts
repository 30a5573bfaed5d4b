import { describe, expect, it } from 'vitest'
import { createNotifiers } from '../../src/providers/notify/notifiers.ts'
import type { Mail } from '../../src/providers/mail-port.ts'

const DISCORD = 'https://discord.com/api/webhooks/123456/abc_DEF-1'
const SLACK = 'https://hooks.slack.com/services/T000/B000/XXXX'
const NOW = Date.UTC(2026, 10, 20, 3)
const NOTICE = { id: 'unseen-1', title: '확인하지 않은 주문', lines: ['A001 (A1)'] }

type Answer = () => Response | Promise<Response>

function world(answer: Answer = () => new Response(null, { status: 204 }), localOrigin?: string) {
  const sent: { url: string; redirect: string; body: Record<string, unknown> }[] = []
  const mails: Mail[] = []
  const notifiers = createNotifiers({
    localOrigin,
    now: () => NOW,
    mail: {
      send: (mail) => {
        mails.push(mail)
        return Promise.resolve()
      },
    },
    fetch: async (request) => {
      sent.push({ url: request.url, redirect: request.redirect, body: await request.json() })
      return answer()
    },
  })
  return { ...notifiers, sent, mails }
}

describe('the address of a webhook', () => {
  it.each([
    DISCORD,
    'https://discordapp.com/api/webhooks/1/x',
    'https://discord.com/api/v10/webhooks/1/x',
  ])('may be %s', (address) => {
    expect(world().discord.accepts(address)).toBe(true)
  })

  it('may be one of Slack for Slack alone', () => {
    const { slack, discord } = world()
    expect([slack.accepts(SLACK), discord.accepts(SLACK), slack.accepts(DISCORD)]).toEqual([
      true,
      false,
      false,
    ])
  })

  it.each([
    'http://discord.com/api/webhooks/1/x',
    'https://discord.com.evil.example/api/webhooks/1/x',
    'https://evil.example/api/webhooks/1/x',
    'https://discord.com:8443/api/webhooks/1/x',
    'https://discord.com@evil.example/api/webhooks/1/x',
    'https://user:pass@discord.com/api/webhooks/1/x',
    'https://discord.com/api/webhooks/1/../../users/@me',
    'https://discord.com/api/users/@me',
    'https://169.254.169.254/api/webhooks/1/x',
    'http://127.0.0.1:8788/chat/discord',
    'file:///etc/passwd',
    'discord.com/api/webhooks/1/x',
    '',
    `https://discord.com/api/webhooks/1/${'x'.repeat(600)}`,
  ])('may not be %s', async (address) => {
    const { discord, sent } = world()
    expect(discord.accepts(address)).toBe(false)
    expect(await discord.send(address, NOTICE)).toMatchObject({ kind: 'refused' })
    expect(sent).toEqual([])
  })

  it("may be the sandbox's where the deployment has one", () => {
    const address = 'http://127.0.0.1:8788/chat/discord/1'
    expect(world(undefined, 'http://127.0.0.1:8788').discord.accepts(address)).toBe(true)
    expect(world(undefined, 'http://127.0.0.1:8788').discord.accepts('http://127.0.0.1:9')).toBe(
      false,
    )
  })
})

describe('telling a channel', () => {
  const HOSTILE = {
    id: 'x',
    title: '@everyone <!channel>',
    lines: ['**굵게** [여기](https://evil.example) <@1> & `x`'],
  }

  it('mentions nobody on Discord and formats nothing, whatever a restaurant is called', async () => {
    const { discord, sent } = world()
    expect(await discord.send(DISCORD, HOSTILE)).toEqual({ kind: 'sent' })
    expect(sent[0]).toMatchObject({
      url: DISCORD,
      redirect: 'manual',
      body: { allowed_mentions: { parse: [] } },
    })
    expect(sent[0]?.body.content).toBe(
      '**\\@everyone \\<!channel\\>**\n\\*\\*굵게\\*\\* \\[여기\\]\\(https\\://evil.example\\) \\<\\@1\\> & \\`x\\`',
    )
  })

  it('is plain text on Slack', async () => {
    const { slack, sent } = world()
    await slack.send(SLACK, HOSTILE)
    expect(sent[0]?.body).toMatchObject({ mrkdwn: false, link_names: false })
    expect(sent[0]?.body.text).toContain('&lt;!channel&gt;')
    expect(sent[0]?.body.text).toContain('&amp;')
  })

  it('keeps within what the services take', async () => {
    const { discord, sent } = world()
    await discord.send(DISCORD, { ...NOTICE, lines: ['*'.repeat(3_000)] })
    expect((sent[0]?.body.content as string).length).toBeLessThanOrEqual(2_000)
  })

  it.each<[string, Answer, object]>([
    ['200', () => new Response('ok'), { kind: 'sent' }],
    ['404', () => new Response(null, { status: 404 }), { kind: 'refused', reason: 'STATUS_404' }],
    [
      'a redirect',
      () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
      { kind: 'refused', reason: 'STATUS_302' },
    ],
    [
      '500',
      () => new Response(null, { status: 500 }),
      { kind: 'failed', reason: 'STATUS_500', retryAfterSeconds: null },
    ],
    [
      '429 with a fraction',
      () => new Response(null, { status: 429, headers: { 'retry-after': '1.337' } }),
      { kind: 'failed', reason: 'STATUS_429', retryAfterSeconds: 2 },
    ],
    [
      '429 without a time',
      () => new Response(null, { status: 429 }),
      { kind: 'failed', reason: 'STATUS_429', retryAfterSeconds: 30 },
    ],
    [
      '429 for ever',
      () => new Response(null, { status: 429, headers: { 'retry-after': '9999999' } }),
      { kind: 'failed', reason: 'STATUS_429', retryAfterSeconds: 3600 },
    ],
    [
      'no answer',
      () => Promise.reject(new Error('secret in an error')),
      { kind: 'failed', reason: 'NO_ANSWER', retryAfterSeconds: null },
    ],
  ])('understands %s', async (_, answer, outcome) => {
    expect(await world(answer).discord.send(DISCORD, NOTICE)).toEqual(outcome)
  })
})

describe('telling by e-mail', () => {
  it('writes plain text, and a name cannot add a header', async () => {
    const { email, mails } = world()
    const notice = { ...NOTICE, title: '가게\r\nBcc: all@example.com' }
    expect(await email.send('boss@restaurant.example', notice)).toEqual({ kind: 'sent' })
    expect(mails).toEqual([
      {
        id: 'unseen-1',
        to: 'boss@restaurant.example',
        subject: '가게 Bcc: all@example.com',
        text: 'A001 (A1)',
      },
    ])
  })

  it.each(['boss', 'a@b', 'a@b.c, d@e.f', 'a@b.c\nBcc: x@y.z'])(
    'does not write to %s',
    async (to) => {
      const { email, mails } = world()
      expect(await email.send(to, NOTICE)).toMatchObject({ kind: 'refused' })
      expect(mails).toEqual([])
    },
  )

  it('is not possible without a gateway, and fails when that does', async () => {
    const without = createNotifiers({
      mail: null,
      now: () => NOW,
      fetch: () => Promise.reject(new Error()),
    })
    expect(await without.email.send('a@b.example', NOTICE)).toEqual({
      kind: 'refused',
      reason: 'NO_MAIL_GATEWAY',
    })
    const down = createNotifiers({
      mail: { send: () => Promise.reject(new Error('the mail gateway answered 503')) },
      now: () => NOW,
      fetch: () => Promise.reject(new Error()),
    })
    expect(await down.email.send('a@b.example', NOTICE)).toMatchObject({ kind: 'failed' })
  })
})
