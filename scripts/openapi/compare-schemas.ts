import { schemaAt, type Document, type Schema } from './document.ts'

/** Something that callers of before cannot live with. */
export interface Change {
  kind: string
  /** `POST /api/v1/orders body.items[].quantity` */
  at: string
  detail: string
}

/** What callers send must go on being taken; what they are sent must go on being what was promised. */
export type Direction = 'sent' | 'answered'

export interface Sides {
  before: Document
  after: Document
}

/** Lower is narrower; a caller may send less than before, or has to send more. */
const UPPER = ['maxLength', 'maxItems', 'maximum', 'exclusiveMaximum', 'maxProperties'] as const
const LOWER = ['minLength', 'minItems', 'minimum', 'exclusiveMinimum', 'minProperties'] as const
const EXACT = ['pattern', 'format', 'multipleOf', 'uniqueItems', 'propertyNames'] as const

/** A schema that is no choice any more: one type at most. */
type Plain = Schema & { type?: string }

/** The alternatives of a schema, without references and choices. */
function alternatives(document: Document, given: Schema): Plain[] {
  const { anyOf, oneOf, allOf, type, ...rest } = schemaAt(document, given)
  const base = { ...rest, ...(type !== undefined && { type }) }
  if (allOf !== undefined) {
    const parts = [base, ...allOf.map((part) => schemaAt(document, part))]
    return alternatives(document, parts.reduce(merged))
  }
  const choices = anyOf ?? oneOf
  if (choices !== undefined)
    return choices.flatMap((choice) =>
      alternatives(document, merged(base, schemaAt(document, choice))),
    )
  if (!Array.isArray(type)) return [{ ...rest, ...(type !== undefined && { type }) }]
  return type.map((one) => (one === 'null' ? { type: one } : { ...rest, type: one }))
}

const merged = (first: Schema, second: Schema): Schema => ({
  ...first,
  ...second,
  ...((first.properties ?? second.properties) && {
    properties: { ...first.properties, ...second.properties },
  }),
  ...((first.required ?? second.required) && {
    required: [...(first.required ?? []), ...(second.required ?? [])],
  }),
})

export function compareSchemas(
  sides: Sides,
  direction: Direction,
  at: string,
  before: Schema | undefined,
  after: Schema | undefined,
  under: readonly string[] = [],
): Change[] {
  if (before === undefined || after === undefined) return []
  // A schema that holds itself has been compared further up.
  const pair = `${before.$ref ?? ''}→${after.$ref ?? ''}`
  if (before.$ref !== undefined && under.includes(pair)) return []
  const within = [...under, pair]
  const [old, present] = [alternatives(sides.before, before), alternatives(sides.after, after)]
  const compare = (one: Plain, other: Plain) =>
    comparePlain(sides, direction, at, one, other, within)
  return direction === 'sent'
    ? old.flatMap((one) => leastOf(present.map((other) => compare(one, other))))
    : present.flatMap((other) => leastOf(old.map((one) => compare(one, other))))
}

/** Any alternative that fits will do; else the one that fits best says what is missing. */
function leastOf(results: readonly Change[][]): Change[] {
  let best: Change[] | null = null
  for (const result of results) {
    const better = best === null || rank(result) < rank(best)
    if (better) best = result
  }
  return best ?? []
}

/** An alternative of another type says the least about what changed. */
const rank = (changes: readonly Change[]): number =>
  changes.reduce((sum, { kind }) => sum + (kind === 'type' ? 1_000 : 1), 0)

function comparePlain(
  sides: Sides,
  direction: Direction,
  at: string,
  before: Plain,
  after: Plain,
  under: readonly string[],
): Change[] {
  const [wider, narrower] = direction === 'sent' ? [after, before] : [before, after]
  const isType = wider.type === undefined || fitsType(narrower.type, wider.type)
  if (!isType) {
    const detail = `${before.type ?? 'anything'} became ${after.type ?? 'anything'}`
    return [{ kind: 'type', at, detail }]
  }
  return [
    ...compareValues(direction, at, before, after),
    ...(direction === 'sent' ? compareLimits(at, before, after) : []),
    ...compareProperties(sides, direction, at, before, after, under),
    ...compareSchemas(sides, direction, `${at}[]`, before.items, after.items, under),
    ...compareRest(sides, direction, at, before, after, under),
  ]
}

const fitsType = (type: string | undefined, into: string): boolean =>
  type === into || (type === 'integer' && into === 'number')

const valuesOf = ({ enum: values, const: only }: Plain): unknown[] | null =>
  values ?? (only === undefined ? null : [only])

/** In answers new values are no break: callers have been told to take what they do not know. */
function compareValues(direction: Direction, at: string, before: Plain, after: Plain): Change[] {
  const [old, present] = [valuesOf(before), valuesOf(after)]
  if (direction === 'answered')
    return old !== null && present === null
      ? [{ kind: 'values', at, detail: 'any value may be answered now' }]
      : []
  if (present === null) return []
  if (old === null) return [{ kind: 'values', at, detail: `only ${present.join(', ')} now` }]
  const gone = old.filter((value) => !present.includes(value))
  return gone.length === 0 ? [] : [{ kind: 'values', at, detail: `no more ${gone.join(', ')}` }]
}

function compareLimits(at: string, before: Plain, after: Plain): Change[] {
  const limit = (name: string, isNarrower: (old: number, present: number) => boolean): Change[] => {
    const [old, present] = [before[name], after[name]]
    if (typeof present !== 'number') return []
    if (typeof old === 'number' && !isNarrower(old, present)) return []
    return [
      {
        kind: 'limits',
        at,
        detail: `${name} ${typeof old === 'number' ? old : 'none'} → ${present}`,
      },
    ]
  }
  return [
    ...UPPER.flatMap((name) => limit(name, (old, present) => present < old)),
    ...LOWER.flatMap((name) => limit(name, (old, present) => present > old)),
    ...EXACT.flatMap((name) => {
      const [old, present] = [before[name], after[name]].map((one) => JSON.stringify(one))
      const isSame = present === undefined || present === 'false' || present === old
      return isSame ? [] : [{ kind: 'limits', at, detail: `${name} ${old ?? 'none'} → ${present}` }]
    }),
  ]
}

function compareProperties(
  sides: Sides,
  direction: Direction,
  at: string,
  before: Plain,
  after: Plain,
  under: readonly string[],
): Change[] {
  const [old, present] = [before.properties ?? {}, after.properties ?? {}]
  const changes: Change[] = []
  for (const [name, schema] of Object.entries(old)) {
    const now = present[name]
    const place = `${at}.${name}`
    if (now === undefined) {
      changes.push({ kind: 'field-removed', at: place, detail: 'is gone' })
      continue
    }
    changes.push(...compareSchemas(sides, direction, place, schema, now, under))
    const [was, is] = [before, after].map(({ required = [] }) => required.includes(name))
    if (direction === 'sent' && is && !was)
      changes.push({ kind: 'field-required', at: place, detail: 'has to be sent now' })
    if (direction === 'answered' && was && !is)
      changes.push({ kind: 'field-optional', at: place, detail: 'may be missing now' })
  }
  if (direction === 'sent')
    for (const name of after.required ?? [])
      if (old[name] === undefined)
        changes.push({ kind: 'field-required', at: `${at}.${name}`, detail: 'has to be sent now' })
  return changes
}

/** Fields that are not named. */
function compareRest(
  sides: Sides,
  direction: Direction,
  at: string,
  before: Plain,
  after: Plain,
  under: readonly string[],
): Change[] {
  const [old, present] = [before.additionalProperties, after.additionalProperties]
  if (direction === 'sent' && present === false && old !== false)
    return [{ kind: 'strict', at, detail: 'unknown fields are refused now' }]
  const [one, other] = [old, present].map((given) =>
    typeof given === 'object' ? given : undefined,
  )
  return compareSchemas(sides, direction, `${at}.*`, one, other, under)
}
