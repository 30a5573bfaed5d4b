import type { Committed } from '../domain/commands.ts'
import type { DomainEvent } from '../domain/events.ts'
import type { Job } from '../domain/jobs.ts'
import type { OrderState } from '../domain/order/order.ts'
import { asPlaced } from '../domain/order/place.ts'
import { jsonOnce } from './json-once.ts'

/**
 * Calls travel to the object as texts, and texts come back: the runtime writes any other value field by
 * field, and every object that comes back gets a way to be disposed of (decision 34). The contracts hold
 * nothing that JSON loses: no dates, no bytes, no `undefined` that says anything.
 */
export type Text<V> = string & { readonly [carried]?: V }
declare const carried: unique symbol

/** A text that answers a question goes as it is, after this. */
const AS_IT_IS = '='

export function toText<V extends object>(value: V): Text<V> {
  if ('outcome' in value && 'jobs' in value) return committedText(value as Committed<unknown>)
  const { ok, value: answered } = value as { ok?: boolean; value?: unknown }
  return ok === true && typeof answered === 'string' ? AS_IT_IS + answered : JSON.stringify(value)
}

export function fromText<V extends object>(text: Text<V>): V {
  if (text.startsWith(AS_IT_IS)) return { ok: true, value: text.slice(AS_IT_IS.length) } as V
  const value = JSON.parse(text) as V
  return 'outcome' in value && 'jobs' in value ? withItsOrder(value) : value
}

type Answered = { value?: { order?: OrderState | null } } | null

/** What is published was written as JSON when it was stored, the order that a placing answers among it. */
function committedText({ outcome, jobs }: Committed<unknown>): string {
  const value = (outcome as Answered)?.value
  const placed = value?.order ? placedIn(jobs) : null
  const answered =
    placed !== null && placed.id === value?.order?.id
      ? { ...(outcome as object), value: { ...value, order: null } }
      : outcome
  return `{"outcome":${JSON.stringify(answered)},"jobs":[${jobs.map(jobText).join(',')}]}`
}

const jobText = (job: Job): string => {
  if (job.kind !== 'publish') return JSON.stringify(job)
  const { events, ...rest } = job
  return `${opened(rest)},"events":[${events.map(eventText).join(',')}]}`
}

const eventText = ({ subject, ...rest }: DomainEvent): string =>
  `${opened(rest)},"subject":${jsonOnce(subject)}}`

/** The JSON of an object that goes on. */
const opened = (value: object): string => JSON.stringify(value).slice(0, -1)

/** The first answer to a placing is the order as it was placed, like that of every repeat. */
function withItsOrder<V extends object>(value: V): V {
  const { outcome, jobs } = value as unknown as Committed<Answered>
  if (outcome?.value?.order !== null) return value
  const placed = placedIn(jobs)
  if (placed !== null) outcome.value.order = asPlaced(placed)
  return value
}

/** The order that was placed in the transaction these jobs come from. */
function placedIn(jobs: readonly Job[]): OrderState | null {
  const [first] = jobs
  if (first?.kind !== 'publish') return null
  const placed = first.events.find(({ type }) => type === 'NEW_ORDER')
  return placed?.subject.kind === 'order' ? placed.subject.order : null
}
