import { describe, expect, it } from 'vitest'
import { noticesOf, type AlertMessage } from '../../../src/domain/alerts/notice.ts'
import { ALERT_KINDS, CHANGE_NEWS, WATCHED } from '../../../src/domain/alerts/rule.ts'
import { ALERT_WORDS } from '../../../src/domain/alerts/words.ts'

const NOON = Date.UTC(2026, 10, 20, 3)
let made = 0
const message = (more: Partial<AlertMessage> = {}): AlertMessage => ({
  ...{ id: `m${(made += 1)}`, kind: 'http-5xx', subjectId: '', subjectName: null },
  ...{ news: 'FIRING', value: 12, createdAt: NOON },
  ...more,
})
const only = (...messages: AlertMessage[]) => {
  const notices = noticesOf(messages, 'https://order.example.com')
  expect(notices).toHaveLength(1)
  return notices[0]!.notice
}
const restaurants = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    message({ kind: 'low-stock', subjectId: `r${n}`, subjectName: `매장 ${n}`, value: n + 1 }),
  )

describe('what people read', () => {
  it('is in both languages: what it is, the figure, what to do, where to look, and when', () => {
    expect(only(message())).toMatchObject({
      title: '[OrderSync] 경보: 서버 오류 응답이 많습니다 / Alert: Many answers are server errors',
      lines: [
        '최근 5분 동안 5xx 응답 12건',
        '12 answers with 5xx in the last 5 minutes',
        ALERT_WORDS.ko['http-5xx'].todo,
        ALERT_WORDS.en['http-5xx'].todo,
        'https://order.example.com/api/v1/admin/metrics/core?window=5m',
        '2026-11-20 12:00',
      ],
    })
  })

  it.each(
    ALERT_KINDS.flatMap((kind) =>
      [...CHANGE_NEWS, 'REMINDER' as const].map((news) => [kind, news] as const),
    ),
  )('has words for %s: %s', (kind, news) => {
    const of = WATCHED[kind].of
    const subject = of === 'platform' ? {} : { subjectId: 'r', subjectName: '맛있는 치킨집' }
    const { title, lines } = only(message({ kind, news, value: 7, ...subject }))
    for (const locale of ['ko', 'en'] as const) {
      expect(title).toContain(ALERT_WORDS[locale][kind].title)
      const asked = lines.includes(ALERT_WORDS[locale][kind].todo)
      expect(asked).toBe(news === 'FIRING' || news === 'REMINDER')
    }
    if (of === 'restaurant') expect(lines[0]).toContain('맛있는 치킨집')
  })

  it('names a few of many restaurants, the worst first, and counts the others', () => {
    const more = message({ kind: 'low-stock', subjectId: '', value: 7 })
    const { lines } = only(...restaurants(25), more)
    expect(lines[0]).toContain('매장 24')
    expect(lines[19]).toContain('매장 5')
    expect(lines[20]).toBe('외 매장 12곳')
    expect(lines[41]).toBe('and 12 more restaurants')
  })

  it('says where to look at each of the worst restaurants, where one is asked for', () => {
    const path = 'https://order.example.com/api/v1/admin/inventory/levels?restaurant_id='
    const paths = (...messages: AlertMessage[]) =>
      only(...messages).lines.filter((line) => line.includes('/api/'))
    expect(paths(...restaurants(2))).toEqual([`${path}r1`, `${path}r0`])
    const worst = ['r24', 'r23', 'r22', 'r21', 'r20']
    expect(paths(...restaurants(25))).toEqual(worst.map((id) => path + id))
    // How many there are beside those that are named is no restaurant.
    const more = message({ kind: 'low-stock', subjectId: '', value: 7 })
    expect(paths(...restaurants(1), more)).toEqual([`${path}r0`])
  })

  it('has no line that a name made', () => {
    const name = `치킨집\n지금 송금하세요 https://evil.example\u202e`
    const { lines } = only(message({ kind: 'low-stock', subjectId: 'r', subjectName: name }))
    expect(lines.join('').includes('\n')).toBe(false)
    expect(lines[0]).toContain('치킨집 지금')
    expect(lines.join('')).not.toContain('\u202e')
  })
})

describe('messages that go out together', () => {
  it('are those of one kind and news; the notice is known by the first', () => {
    const [a, b, c] = restaurants(3)
    const over = message({ kind: 'low-stock', subjectId: 'r9', news: 'OK', value: 0 })
    const later = message({ kind: 'low-stock', subjectId: 'r8', createdAt: NOON + 60_000 })
    const notices = noticesOf([a!, over, b!, later, c!], null)
    expect(notices.map(({ messages }) => messages.map(({ id }) => id))).toEqual([
      [a!.id, b!.id, c!.id],
      [over.id],
      [later.id],
    ])
    expect(notices[0]!.notice.id).toBe(a!.id)
  })

  it('are never two tests', () => {
    const tests = [1, 2].map(() => message({ kind: null, news: 'TEST', value: 0 }))
    expect(noticesOf(tests, null)).toHaveLength(2)
  })
})
