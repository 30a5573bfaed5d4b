import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import type { OrderCard } from '../../src/domain/outgoing/cards.ts'
import type { Mail } from '../../src/providers/mail-port.ts'
import { clip, fitLines } from '../../src/providers/notify/fit.ts'
import { createNotifiers } from '../../src/providers/notify/notifiers.ts'

const NOW = Date.UTC(2026, 10, 20, 3)
const DISCORD = 'https://discord.com/api/webhooks/123456/abc_DEF-1'
const SLACK = 'https://hooks.slack.com/services/T000/B000/XXXX'

const card = (changes: Partial<OrderCard> = {}): OrderCard => ({
  ...{ id: 'delivery', title: '[치킨집] 새 주문 A001', lines: ['후라이드 × 1  ₩18,000'], at: NOW },
  facts: [{ name: '테이블', value: 'A1' }],
  ...changes,
})

function world(answer: () => Response = () => new Response(null, { status: 204 })) {
  const bodies: string[] = []
  const mails: Mail[] = []
  const notifiers = createNotifiers({
    now: () => NOW,
    mail: {
      send: (mail) => {
        mails.push(mail)
        return Promise.resolve()
      },
    },
    fetch: async (request) => {
      bodies.push(await request.text())
      return answer()
    },
  })
  return { ...notifiers, bodies, mails }
}

interface Embed {
  title: string
  description: string
  fields: { name: string; value: string; inline: boolean }[]
  timestamp: string
}
const embedIn = (body: string | undefined): Embed =>
  (JSON.parse(body ?? '') as { embeds: [Embed] }).embeds[0]

describe('a card on Discord', () => {
  it('has title, lines, facts and time, and mentions nobody', async () => {
    const { discord, bodies } = world()
    expect(await discord.sendCard(DISCORD, card())).toMatchObject({ status: 204 })
    expect(JSON.parse(bodies[0]!)).toMatchObject({ allowed_mentions: { parse: [] } })
    expect(embedIn(bodies[0])).toEqual({
      title: '\\[치킨집\\] 새 주문 A001',
      description: '후라이드 × 1  ₩18,000',
      fields: [{ name: '테이블', value: 'A1', inline: true }],
      timestamp: '2026-11-20T03:00:00.000Z',
    })
  })

  it.each([
    ['@everyone', '\\@everyone'],
    ['<@123>', '\\<\\@123\\>'],
    ['<@&123>', '\\<\\@&123\\>'],
    ['[공짜](https://evil.test)', '\\[공짜\\]\\(https\\://evil.test\\)'],
    ['https://evil.test', 'https\\://evil.test'],
    [
      '**굵게** __밑줄__ ~~줄~~ ||숨김||',
      '\\*\\*굵게\\*\\* \\_\\_밑줄\\_\\_ \\~\\~줄\\~\\~ \\|\\|숨김\\|\\|',
    ],
    ['`code`', '\\`code\\`'],
    ['# 제목', '\\# 제목'],
    ['> 인용', '\\> 인용'],
    ['\\*', '\\\\\\*'],
  ])('shows %s as it is written', async (text, shown) => {
    const { discord, bodies } = world()
    await discord.sendCard(
      DISCORD,
      card({ title: text, lines: [text], facts: [{ name: 'n', value: text }] }),
    )
    const { title, description, fields } = embedIn(bodies[0])
    expect([title, description, fields[0]!.value]).toEqual([shown, shown, shown])
  })

  it('stays within the limits of an embed, whatever stands in it', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 400 })
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(fc.oneof(text, fc.constant('*'.repeat(120))), { maxLength: 60 }),
        text,
        async (title, lines, value) => {
          const { discord, bodies } = world()
          await discord.sendCard(
            DISCORD,
            card({ title, lines, facts: [{ name: '테이블', value }] }),
          )
          const embed = embedIn(bodies[0])
          expect(embed.title.length).toBeLessThanOrEqual(256)
          expect(embed.description.length).toBeLessThanOrEqual(4_096)
          expect(embed.fields[0]!.value.length).toBeLessThanOrEqual(1_024)
          const whole = embed.title + embed.description + embed.fields[0]!.value
          expect(whole.length).toBeLessThanOrEqual(5_900)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('goes to no address but its own', async () => {
    const { discord, bodies } = world()
    expect(await discord.sendCard('https://evil.test/', card())).toMatchObject({
      kind: 'impossible',
    })
    expect(await discord.sendCard(SLACK, card())).toMatchObject({ kind: 'impossible' })
    expect(bodies).toEqual([])
  })

  it('rests for the longer of what header and body say', async () => {
    const body = '{"message":"You are being rate limited.","retry_after":1.5,"global":true}'
    const answer = () => new Response(body, { status: 429, headers: { 'retry-after': '1' } })
    expect(await world(answer).discord.sendCard(DISCORD, card())).toEqual({
      ...{ kind: 'answered', status: 429, retryAfterMs: 1_500 },
    })
  })
})

describe('a card on Slack', () => {
  it('is text, and nothing of it is obeyed', async () => {
    const { slack, bodies } = world()
    await slack.sendCard(SLACK, card({ lines: ['<!channel> & <https://evil.test|공짜>'] }))
    expect(JSON.parse(bodies[0]!)).toEqual({
      text: '[치킨집] 새 주문 A001\n테이블: A1\n&lt;!channel&gt; &amp; &lt;https://evil.test|공짜&gt;',
      ...{ mrkdwn: false, link_names: false },
    })
  })
})

describe('a card by e-mail', () => {
  it('is one mail, known by the same id at every try', async () => {
    const { email, mails } = world()
    await email.sendCard('owner@chicken.example', card({ title: 'A\r\nBcc: all@evil.test' }))
    expect(mails).toEqual([
      {
        ...{ id: 'delivery', to: 'owner@chicken.example', subject: 'A Bcc: all@evil.test' },
        text: '테이블: A1\n\n후라이드 × 1  ₩18,000',
      },
    ])
  })

  it('needs a gateway, and is tried again while that fails', async () => {
    const failing = createNotifiers({
      ...{ now: () => NOW, fetch: () => Promise.reject(new Error()) },
      mail: { send: () => Promise.reject(new Error('the mail gateway answered 503')) },
    })
    expect(await failing.email.sendCard('a@b.example', card())).toMatchObject({
      kind: 'unanswered',
    })
    const none = createNotifiers({
      now: () => NOW,
      fetch: () => Promise.reject(new Error()),
      mail: null,
    })
    expect(await none.email.sendCard('a@b.example', card())).toMatchObject({ kind: 'nobody' })
  })
})

describe('cutting to a length', () => {
  it('leaves no half of an escape or of a character', () => {
    expect(clip('abcdef', 6)).toBe('abcdef')
    expect(clip('abcdefg', 6)).toBe('abcde…')
    expect(clip('abcd\\*fgh', 6)).toBe('abcd…')
    expect(clip('abc\\\\fgh', 6)).toBe('abc\\\\…')
    expect(clip('abcd😀fgh', 6)).toBe('abcd…')
    expect(clip('abc&amp;d', 6)).toBe('abc…')
  })

  it('drops whole lines', () => {
    expect(fitLines(['ab', 'cd'], 7)).toBe('ab\ncd')
    expect(fitLines(['ab', 'cd'], 6)).toBe('ab\n…')
  })
})
