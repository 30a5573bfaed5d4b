import type { AlertBook, DecidedAlert, NewMessage } from '../../db/repositories/alert-ports.ts'
import { channelsFor } from '../../domain/alerts/channel.ts'
import { decide } from '../../domain/alerts/decide.ts'
import { MOST_RESTAURANTS, PLATFORM_SUBJECT, ruleOf } from '../../domain/alerts/rule.ts'
import { mintTimedId, PLATFORM_KEY } from '../../domain/ids.ts'
import type { Deps } from '../deps.ts'
import { measure, type Measured, type MeasureDeps } from './measure.ts'
import type { AlertChange, KnownRule } from './types.ts'

export type EvaluateDeps = MeasureDeps & Pick<Deps, 'alerts' | 'settings' | 'random'>

/** Measures what is watched, moves alerts by it, and writes whom it is to be told to. For the cron. */
export async function evaluateAlerts(
  deps: EvaluateDeps,
): Promise<{ firing: number; news: number; messages: number; unknown: number }> {
  const book = await deps.alerts.book()
  const measured = await measure(deps, book.rules, MOST_RESTAURANTS)
  const now = deps.now()
  const decided = book.rules.flatMap((rule) => decideKind(book, rule, measured, now))
  const news = decided.filter((alert) => alert.news !== null)
  const messages = messagesOf(deps, book, news, now)
  const changes = changesOf(deps, news, now)
  const standings = decided.filter(({ evaluatedAt }) => evaluatedAt === now)
  const figures = {
    firing: decided.filter(({ state }) => state === 'FIRING').length,
    unknown: Object.values(measured).filter((value) => value === null).length,
  }
  const saved = await deps.alerts.save(book, { standings, changes, messages }, now)
  if (!saved) return { ...figures, news: 0, messages: 0 }
  for (const { kind: alert, subjectId, news: what, value } of news)
    deps.log({
      ...{ level: 'warn', kind: 'alert', alert, news: what, value },
      restaurantId: subjectId === PLATFORM_SUBJECT ? null : subjectId,
    })
  return { ...figures, news: news.length, messages: messages.length }
}

function decideKind(
  { standings }: AlertBook,
  rule: KnownRule,
  measured: Measured,
  now: number,
): DecidedAlert[] {
  const { kind } = rule
  const ofKind = new Map(
    standings.filter((one) => one.kind === kind).map((one) => [one.subjectId, one]),
  )
  const of = measured[kind]
  const reading = of === null || typeof of === 'number' ? null : of
  const valueOf = (subjectId: string): number | null => {
    if (reading === null)
      return typeof of === 'number' && subjectId === PLATFORM_SUBJECT ? of : null
    if (subjectId === PLATFORM_SUBJECT) return reading.more
    return reading.values.get(subjectId) ?? 0
  }
  const subjects = new Set([PLATFORM_SUBJECT, ...ofKind.keys(), ...(reading?.values.keys() ?? [])])
  return [...subjects].map((subjectId) => {
    const before = ofKind.get(subjectId) ?? null
    const { standing, news } = decide(
      before,
      valueOf(subjectId),
      ruleOf(kind, subjectId, rule),
      now,
    )
    return { ...standing, kind, subjectId, news }
  })
}

const changesOf = (
  { random }: Pick<Deps, 'random'>,
  news: readonly DecidedAlert[],
  at: number,
): AlertChange[] =>
  news.flatMap(({ kind, subjectId, news: what, value }, index) =>
    what === null || what === 'REMINDER'
      ? []
      : [{ id: idOf(random, at, index), kind, subjectId, news: what, value, at }],
  )

function messagesOf(
  { random, settings }: Pick<Deps, 'random' | 'settings'>,
  { channels }: AlertBook,
  news: readonly DecidedAlert[],
  now: number,
): NewMessage[] {
  const deployment = settings.outgoing.discordWebhookUrl !== null
  return news
    .flatMap(({ kind, subjectId, news: what, value }) =>
      what === null
        ? []
        : channelsFor(kind, channels, deployment).map((channelId) => ({
            ...{ channelId, kind, subjectId, value },
            news: what,
          })),
    )
    .map((message, index) => ({ id: idOf(random, now, index), ...message }))
}

/** Sorted as they are told, and never the same however many there are. */
const idOf = (random: Deps['random'], now: number, index: number): string =>
  mintTimedId(PLATFORM_KEY, now + index, random)
