import { clockText } from '../outgoing/clock-text.ts'
import { PLATFORM_SUBJECT, WATCHED, type AlertKind, type MessageNews } from './rule.ts'
import { ALERT_PATHS, ALERT_WORDS, RESTAURANT_IN_PATH } from './words.ts'

/** A message to one channel, with what people call its subject. */
export interface AlertMessage {
  id: string
  /** Null of a test. */
  kind: AlertKind | null
  subjectId: string
  /** The restaurant's name, where the read model knows it. */
  subjectName: string | null
  news: MessageNews
  value: number
  createdAt: number
}

/** What goes out at once: messages of one kind and news are told together. */
export interface AlertNotice {
  /** The same for every try. */
  id: string
  title: string
  lines: readonly string[]
}

const MOST_NAMED = 20
/** Each is a line of its own, and chats cut messages that are long. */
const MOST_PATHS = 5
const MOST_NAME_CHARS = 60
/** Alerts are the platform's: its people read them by one clock. */
const ZONE = 'Asia/Seoul'

const HEADS: Readonly<Record<'ko' | 'en', Readonly<Record<MessageNews, string>>>> = {
  ko: {
    FIRING: '경보',
    REMINDER: '계속되는 경보',
    OK: '해소',
    OFF: '경보 꺼짐',
    TEST: '시험',
  },
  en: {
    FIRING: 'Alert',
    REMINDER: 'Still firing',
    OK: 'Over',
    OFF: 'Switched off',
    TEST: 'Test',
  },
}

const LOCALES = ['ko', 'en'] as const

/** Messages as notices, those of one kind and news in one, in the order in which they were written. */
export function noticesOf<M extends AlertMessage>(
  messages: readonly M[],
  origin: string | null,
): { notice: AlertNotice; messages: readonly M[] }[] {
  const groups = new Map<string, M[]>()
  for (const message of messages) {
    const { id, kind, news, createdAt } = message
    const key = kind === null ? id : `${kind}/${news}/${createdAt}`
    groups.set(key, [...(groups.get(key) ?? []), message])
  }
  return [...groups.values()].map((group) => ({ notice: noticeOf(group, origin), messages: group }))
}

function noticeOf(messages: readonly AlertMessage[], origin: string | null): AlertNotice {
  const [first] = messages
  if (first === undefined) throw new Error('a notice of nothing')
  const { id, kind, news, createdAt } = first
  const time = clockText(createdAt, ZONE)
  if (kind === null)
    return {
      id,
      title: `[OrderSync] ${HEADS.ko.TEST} / ${HEADS.en.TEST}`,
      lines: ['이 채널로 경보가 전달됩니다.', 'Alerts reach this channel.', time],
    }
  const title = LOCALES.map(
    (locale) => `${HEADS[locale][news]}: ${ALERT_WORDS[locale][kind].title}`,
  )
  const wanted = news === 'FIRING' || news === 'REMINDER'
  return {
    id,
    title: `[OrderSync] ${title.join(' / ')}`,
    lines: [
      ...LOCALES.flatMap((locale) => measuredLines(locale, kind, messages)),
      ...(wanted ? LOCALES.map((locale) => ALERT_WORDS[locale][kind].todo) : []),
      ...(wanted ? pathsOf(kind, messages).map((path) => `${origin ?? ''}${path}`) : []),
      time,
    ],
  }
}

/** Those that are known by name, the worst first. */
const restaurantsOf = (messages: readonly AlertMessage[]): AlertMessage[] =>
  messages
    .filter(({ subjectId }) => subjectId !== PLATFORM_SUBJECT)
    .sort((a, b) => b.value - a.value)

/** Where to look: at each of the worst, where a path is one restaurant's. */
function pathsOf(kind: AlertKind, messages: readonly AlertMessage[]): string[] {
  const path = ALERT_PATHS[kind]
  if (!path.includes(RESTAURANT_IN_PATH)) return [path]
  return restaurantsOf(messages)
    .slice(0, MOST_PATHS)
    .map(({ subjectId }) => path.replace(RESTAURANT_IN_PATH, encodeURIComponent(subjectId)))
}

function measuredLines(
  locale: 'ko' | 'en',
  kind: AlertKind,
  messages: readonly AlertMessage[],
): string[] {
  const { measured } = ALERT_WORDS[locale][kind]
  if (WATCHED[kind].of === 'platform') return messages.map(({ value }) => measured(value))
  const named = restaurantsOf(messages)
  const uncounted = messages.find(({ subjectId }) => subjectId === PLATFORM_SUBJECT)?.value ?? 0
  const more = Math.max(0, named.length - MOST_NAMED) + uncounted
  const lines = named
    .slice(0, MOST_NAMED)
    .map(
      ({ subjectName, subjectId, value }) =>
        `${nameOf(subjectName ?? subjectId)}: ${measured(value)}`,
    )
  if (more > 0) lines.push(locale === 'ko' ? `외 매장 ${more}곳` : `and ${more} more restaurants`)
  return lines
}

/** A name with line breaks in it must not look like another line, nor turn the rest around. */
function nameOf(text: string): string {
  const plain = text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu, ' ')
  const characters = Array.from(plain)
  return characters.length <= MOST_NAME_CHARS
    ? plain
    : `${characters.slice(0, MOST_NAME_CHARS - 1).join('')}…`
}
