import type { AlertChannel } from '../../domain/alerts/channel.ts'
import type { DecidedNews, Standing } from '../../domain/alerts/decide.ts'
import type { AlertMessage } from '../../domain/alerts/notice.ts'
import type { AlertKind, AlertRule, ChangeNews, MessageNews } from '../../domain/alerts/rule.ts'
import type { Settled } from '../../domain/alerts/sending.ts'
import type { AuditEntry } from '../../domain/audit.ts'

/** A rule as it counts; `changedAt` 0 = as the code has it. */
export interface KnownRule extends AlertRule {
  kind: AlertKind
  changedAt: number
}

export interface KnownStanding extends Standing {
  kind: AlertKind
  subjectId: string
}

/** What an evaluation begins with. */
export interface AlertBook {
  rules: readonly KnownRule[]
  standings: readonly KnownStanding[]
  channels: readonly AlertChannel[]
}

/** What becomes of one alert. */
export interface DecidedAlert extends KnownStanding {
  news: DecidedNews | null
}

export interface NewMessage {
  id: string
  channelId: string
  kind: AlertKind
  subjectId: string
  news: MessageNews
  value: number
}

export interface AlertChange {
  id: string
  kind: AlertKind
  subjectId: string
  news: ChangeNews
  value: number
  at: number
}

/** A rule to be set; `before`: the `changedAt` of the one that it takes the place of. */
export interface WantedRule {
  rule: KnownRule
  before: number
  audit: AuditEntry
}

export interface AlertRepository {
  book(): Promise<AlertBook>
  /**
   * Writes what was decided on the book, with its history and messages, at once; false where another
   * evaluation has been here since.
   */
  save(
    book: AlertBook,
    decided: {
      standings: readonly KnownStanding[]
      changes: readonly AlertChange[]
      messages: readonly NewMessage[]
    },
    now: number,
  ): Promise<boolean>
  /** Sets rules, each where it is still the one that was read; false where one is not. */
  setRules(wanted: readonly WantedRule[]): Promise<boolean>
  /** Newest first. */
  changes(page: { limit: number; beforeId: string | null }): Promise<readonly AlertChange[]>
  namesOf(restaurantIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Forgets messages that are over, and history. */
  sweep(
    before: { messages: number; changes: number },
    limit: number,
  ): Promise<{ messages: number; changes: number }>
}

/** What one restaurant came to; and how many came to so much beyond those that are told apart. */
export interface RestaurantReading {
  values: ReadonlyMap<string, number>
  more: number
}

/** What D1 says of the platform. */
export interface AlertReadings {
  'outbox-lag': number
  'reconciliation-differences': number
  'dead-agenda-entries': number
  'low-stock': RestaurantReading
  'coupons-nearly-gone': RestaurantReading
  'nobody-listening': RestaurantReading
}

export interface AlertReader {
  /** `firesAt`: from which figure on a restaurant is told apart that no alert stands of. */
  read(firesAt: (kind: RestaurantKind) => number, now: number, most: number): Promise<AlertReadings>
}
export type RestaurantKind = 'low-stock' | 'coupons-nearly-gone' | 'nobody-listening'

export interface AlertChannelRepository {
  list(): Promise<readonly AlertChannel[]>
  byId(id: string): Promise<AlertChannel | null>
  /** False where there are so many already. */
  insert(channel: AlertChannel, most: number, audit: AuditEntry): Promise<boolean>
  /** Null where there is none. There is a line of the audit trail where something changes. */
  change(id: string, changes: ChannelChanges, audit: AuditEntry): Promise<AlertChannel | null>
  /** What it was still to be told is given up. False where there never was one. */
  remove(id: string, at: number, audit: AuditEntry): Promise<boolean>
}

export type ChannelChanges = Partial<
  Pick<AlertChannel, 'name' | 'sealed' | 'hint' | 'kinds' | 'disabledAt'>
>

/** A message as its channel's history has it. */
export interface KeptMessage extends Omit<AlertMessage, 'subjectName'>, Settled {
  channelId: string
}

export interface DueMessage extends AlertMessage {
  channelId: string
  attempts: number
  lastError: string | null
}

export interface AlertMessageRepository {
  /**
   * Takes what is due for so long that nobody else takes it, oldest first. A channel's messages wait
   * for the oldest of them.
   */
  claim(now: number, until: number, limit: number): Promise<readonly DueMessage[]>
  settle(settled: readonly ({ id: string } & Settled)[]): Promise<void>
  /** Null where the channel had so many tests since then: when the oldest of them was. */
  noteTest(
    message: { id: string; channelId: string; createdAt: number },
    since: number,
    most: number,
  ): Promise<{ taken: true } | { taken: false; oldestAt: number }>
  /** Newest first. */
  page(
    channelId: string,
    page: { limit: number; beforeId: string | null },
  ): Promise<readonly KeptMessage[]>
  /** By channel: how many wait, and how many were given up. */
  counts(): Promise<ReadonlyMap<string, { waiting: number; givenUp: number }>>
}

/** Which restaurants' objects keep agenda entries that were given up. */
export interface DeadAgendas {
  /** Those with some, longest known first. */
  known(limit: number): Promise<readonly string[]>
  /** What objects said just now: none is forgotten. */
  note(said: readonly { restaurantId: string; entries: number }[], at: number): Promise<void>
}
