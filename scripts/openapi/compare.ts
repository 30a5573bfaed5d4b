import { compareSchemas, type Change, type Direction, type Sides } from './compare-schemas.ts'
import {
  METHODS,
  parameterAt,
  type Document,
  type Operation,
  type Parameter,
  type PathItem,
} from './document.ts'

type Contents = Operation['requestBody']

/** Every change between two API documents that callers of the first cannot live with. */
export function breakingChanges(before: Document, after: Document): Change[] {
  const sides = { before, after }
  return Object.entries(before.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const [old, present] = [item[method], after.paths[path]?.[method]]
      const at = `${method.toUpperCase()} ${path}`
      if (old === undefined) return []
      if (present === undefined) return [{ kind: 'operation-removed', at, detail: 'is gone' }]
      const newItem = after.paths[path] ?? {}
      return [
        ...compareNames(at, old, present),
        ...compareSecurity(at, old, present),
        ...compareParameters(sides, at, [item, old], [newItem, present]),
        ...compareBody(sides, at, old, present),
        ...compareAnswers(sides, at, old, present),
      ]
    }),
  )
}

/** Generated clients call it by this name. */
const compareNames = (at: string, before: Operation, after: Operation): Change[] =>
  before.operationId === after.operationId
    ? []
    : [{ kind: 'operation-renamed', at, detail: `${before.operationId} → ${after.operationId}` }]

/** Each way to be let in that is gone; none at all meant that everybody is. */
function compareSecurity(at: string, before: Operation, after: Operation): Change[] {
  const waysOf = ({ security = [] }: Operation) =>
    security.length === 0 ? ['nothing'] : security.map((way) => Object.keys(way).join('+'))
  const ways = waysOf(after).map((way) => (way === '' ? 'nothing' : way))
  if (ways.includes('nothing')) return []
  return waysOf(before)
    .map((way) => (way === '' ? 'nothing' : way))
    .filter((way) => !ways.includes(way))
    .map((way) => ({ kind: 'security', at, detail: `${way} is not enough any more` }))
}

function parametersOf(document: Document, items: readonly (PathItem | Operation)[]) {
  const all = items
    .flatMap((item): Parameter[] => item.parameters ?? [])
    .map((one) => parameterAt(document, one))
  return new Map(all.map((one) => [`${one.in} ${one.name}`, one]))
}

function compareParameters(
  sides: Sides,
  at: string,
  before: readonly [PathItem, Operation],
  after: readonly [PathItem, Operation],
): Change[] {
  const old = parametersOf(sides.before, before)
  const present = parametersOf(sides.after, after)
  const changes: Change[] = []
  for (const [name, parameter] of old) {
    const now = present.get(name)
    const place = `${at} ${name}`
    if (now === undefined) changes.push({ kind: 'parameter-removed', at: place, detail: 'is gone' })
    else changes.push(...compareSchemas(sides, 'sent', place, parameter.schema, now.schema))
  }
  for (const [name, { required = false }] of present)
    if (required && old.get(name)?.required !== true)
      changes.push({
        kind: 'parameter-required',
        at: `${at} ${name}`,
        detail: 'has to be sent now',
      })
  return changes
}

function compareBody(sides: Sides, at: string, before: Operation, after: Operation): Change[] {
  const [old, present] = [before.requestBody, after.requestBody]
  const place = `${at} body`
  const isNew = present?.required === true && old?.required !== true
  return [
    ...(isNew ? [{ kind: 'body-required', at: place, detail: 'has to be sent now' }] : []),
    ...compareContents(sides, 'sent', place, old, present),
  ]
}

/** By media type. Where there is no body any more, one that is sent all the same is not looked at. */
function compareContents(
  sides: Sides,
  direction: Direction,
  at: string,
  before: Contents,
  after: Contents,
): Change[] {
  if (after?.content === undefined && direction === 'sent') return []
  return Object.entries(before?.content ?? {}).flatMap(([type, { schema }]) => {
    const now = after?.content?.[type]
    if (now === undefined) return [{ kind: 'media-type-removed', at, detail: type }]
    return compareSchemas(sides, direction, at, schema, now.schema)
  })
}

function compareAnswers(sides: Sides, at: string, before: Operation, after: Operation): Change[] {
  return Object.entries(before.responses ?? {}).flatMap(([status, old]) => {
    const present = after.responses?.[status]
    const place = `${at} ${status}`
    if (present === undefined)
      return [{ kind: 'status-removed', at: place, detail: 'is not answered any more' }]
    const gone = Object.keys(old.headers ?? {}).filter(
      (name) => !Object.hasOwn(present.headers ?? {}, name),
    )
    return [
      ...gone.map((name) => ({ kind: 'header-removed', at: place, detail: name })),
      ...compareContents(sides, 'answered', place, old, present),
    ]
  })
}
