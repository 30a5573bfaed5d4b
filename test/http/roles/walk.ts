import { describe, expect, it, vi } from 'vitest'
import { may, type Permission } from '../../../src/domain/permissions.ts'
import { createApp } from '../../../src/http/app.ts'
import { routesOf, type RouteRecord } from '../../../src/http/route.ts'
import { bodyOf, type Call } from './call.ts'
import { CALLS } from './calls.ts'
import type { Caller, Somebody } from './people.ts'
import { verdictOn, type Verdict } from './rule.ts'
import { THINGS, type Kind, type Thing } from './things.ts'
import { openWorld, type World } from './world.ts'

/** Every route that does not answer just anybody. */
export const GUARDED: readonly RouteRecord[] = routesOf(createApp()).filter(
  ({ permission }) => permission !== 'public',
)

const STATUS: Record<Exclude<Verdict, 'ADMITTED'>, number> = { FORBIDDEN: 403, NOT_FOUND: 404 }

const REFUSALS: readonly number[] = [401, 403, 404]

export interface Answer {
  status: number
  /** What is the same however often it is asked. */
  text: string
}

interface Question {
  route: RouteRecord
  call: Call
  thing: Thing | null
}

const KEY = 12

/** An id like it that names nothing: of the same restaurant, where it is of one. */
const unknownLike = (id: string): string =>
  /^[0-9a-f-]{36}$/.test(id)
    ? `${crypto.randomUUID().slice(0, -KEY)}${id.slice(-KEY)}`
    : `${id}-unknown`

/** The request that somebody makes, and its answer. */
export async function send(
  { story, here }: World,
  who: Somebody,
  { route, call, thing }: Question,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const sent = thing ?? { ids: [] }
  const house = thing === null ? (who.work?.at ?? who.sits ?? here) : here
  const body = bodyOf(call, sent, house)
  const query = typeof call.query === 'function' ? call.query(sent) : (call.query ?? '')
  const ids = [...sent.ids]
  const path = route.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => call.path?.[name] ?? encodeURIComponent(ids.shift() ?? ''),
  )
  const response = await story.ask(path + query, {
    method: route.method.toUpperCase(),
    headers: {
      ...(who.token !== null && { authorization: `Bearer ${who.token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(route.method !== 'get' && { 'idempotency-key': crypto.randomUUID() }),
      ...(call.socket && { upgrade: 'websocket' }),
      ...call.headers,
      ...who.headers,
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(call.bytes && { body: call.bytes }),
  })
  const { status, webSocket } = response
  if (webSocket) {
    webSocket.accept()
    webSocket.close()
  }
  return { status, text: `${headersOf(response)}\n${sameText(await response.text())}` }
}

const ALWAYS_NEW = ['x-request-id', 'traceparent']
const headersOf = ({ headers }: Response): string =>
  [...headers]
    .filter(([name]) => !ALWAYS_NEW.includes(name))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n')
const sameText = (text: string): string => text.replace(/"trace_id":"[^"]*"/, '')

/** What a walk has found wrong, as lines that say who did what. */
class Findings {
  readonly lines: string[] = []

  note(who: Somebody, about: string, wanted: string | number, { status, text }: Answer): void {
    this.lines.push(
      `${who.name}, ${about}: ${wanted} expected, ${status} came: ${text.split('\n').at(-1) ?? ''}`,
    )
  }
}

const permissionOf = ({ permission }: RouteRecord, { asks }: Call): Permission | null =>
  asks === 'nothing' ? null : (asks ?? (permission as Permission))

const verdictFor = (world: World, who: Caller, { route, call, thing }: Question): Verdict => {
  const permission = permissionOf(route, call)
  if (permission === null) return 'ADMITTED'
  const verdict = verdictOn(who, { restaurant: route.restaurant, permission, thing })
  return verdict === 'ADMITTED' && call.notFor?.(who, world) === true ? 'FORBIDDEN' : verdict
}

export const kindsOf = ({ of }: Call): readonly (Kind | null)[] =>
  of === undefined ? [null] : typeof of === 'string' ? [of] : of

const makeThing = async (world: World, kind: Kind | null): Promise<Thing | null> =>
  kind === null ? null : THINGS[kind](world)

/** Nobody we know, or no longer: refused before anything is looked at. */
async function turnNobodiesAway(world: World, question: Question, findings: Findings) {
  const { route, call } = question
  for (const who of world.nobodies) {
    const answer = await send(world, who, question)
    if (call.asks === 'nothing' && who.token === null) continue
    // What their role may not do anyway is refused before anybody is asked who they are now.
    const forbidden = who.role !== null && answer.status === 403 && !grantsAny(who, route)
    if (answer.status !== 401 && !forbidden) findings.note(who, question.route.path, 401, answer)
  }
}

const grantsAny = ({ role, work }: Somebody, { permission }: RouteRecord): boolean =>
  [role, work?.role].some((has) => has != null && may(has, permission as Permission))

/** Those who may not: told the same of what is there as of what is not. */
async function refuseOthers(world: World, question: Question, findings: Findings) {
  const { call } = question
  for (const who of Object.values(world.people)) {
    const verdict = verdictFor(world, who, question)
    if (verdict === 'ADMITTED') continue
    const answer = await send(world, who, question)
    const missing = verdict === 'NOT_FOUND' && answer.status === call.unknown
    if (answer.status !== STATUS[verdict] && !missing)
      findings.note(who, 'what is not theirs', verdict, answer)
    if (verdict !== 'NOT_FOUND' || question.thing === null) continue
    for (const thing of unknownFrom(question.thing)) {
      const unknown = await send(world, who, { ...question, thing })
      if (unknown.status !== answer.status || unknown.text !== answer.text)
        findings.note(who, 'what there is not, told apart from', answer.text, unknown)
    }
  }
}

/** The same with one id, each in its turn, that names nothing. */
const unknownFrom = (thing: Thing): Thing[] =>
  thing.ids.map((_, at) => ({
    ...thing,
    ids: thing.ids.map((id, n) => (n === at ? unknownLike(id) : id)),
  }))

/** What only their work would let them do, nobody does who has been dismissed. */
async function refuseFormer(world: World, question: Question, findings: Findings) {
  for (const who of world.dismissed) {
    const [then, now] = [who, { ...who, work: null }].map((one) => verdictFor(world, one, question))
    if (then !== 'ADMITTED' || now === 'ADMITTED') continue
    const answer = await send(world, who, question)
    if (![...REFUSALS, question.call.former].includes(answer.status))
      findings.note(who, 'what was theirs', 'refusal', answer)
  }
}

/** Those who may: served, each with a thing that nobody has touched. */
async function serveOwn(
  world: World,
  kind: Kind | null,
  question: Question,
  findings: Findings,
): Promise<void> {
  const { route, call } = question
  let { thing } = question
  const reads = route.method === 'get'
  for (const who of Object.values(world.people)) {
    if (verdictFor(world, who, question) !== 'ADMITTED') continue
    for (const unknown of thing === null ? [] : unknownFrom(thing)) {
      const answer = await send(world, who, { ...question, thing: unknown })
      if (answer.status !== (call.unknown ?? 404))
        findings.note(who, 'what there is not', call.unknown ?? 404, answer)
    }
    const caller = (await call.by?.(world, who)) ?? who
    const answer = await send(world, caller, { ...question, thing })
    const { status } = answer
    const served = call.admitted === undefined ? status < 300 : status === call.admitted
    if (!served) findings.note(who, 'their own', call.admitted ?? 'success', answer)
    if (!reads) thing = await makeThing(world, kind)
  }
}

/** By another's name in the header nobody gets where they do not work. */
async function refuseByHeader(world: World, question: Question, findings: Findings) {
  const { route, call } = question
  if (route.restaurant !== 'me') return
  const { ownerThere, staffThere } = world.people
  for (const who of [ownerThere, staffThere]) {
    const answer = await send(world, who, question, { 'x-restaurant-id': world.here.id })
    const permission = permissionOf(route, call)
    const wanted = permission !== null && may(who.role, permission) ? 404 : 403
    if (answer.status !== wanted) findings.note(who, 'by X-Restaurant-Id', wanted, answer)
  }
}

/** Every route of these capabilities × everybody × own, another's, nobody's; all in one world. */
export function walk(...capabilities: readonly (keyof typeof CALLS)[]): void {
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })
  const opened = openWorld()

  describe.each(capabilities)('every route of %s', (capability) => {
    it.each(Object.entries<Call>(CALLS[capability]))('%s', async (operation, call) => {
      expect(await findingsOf(await opened, operation, call)).toEqual([])
    })
  })
}

async function findingsOf(world: World, operation: string, call: Call): Promise<string[]> {
  const route = GUARDED.find(({ operationId }) => operationId === operation)
  if (route === undefined) throw new Error(`there is no route ${operation}`)
  const findings = new Findings()
  for (const [n, kind] of kindsOf(call).entries()) {
    const question = { route, call, thing: await makeThing(world, kind) }
    if (n === 0) await turnNobodiesAway(world, question, findings)
    await refuseOthers(world, question, findings)
    await refuseByHeader(world, question, findings)
    await refuseFormer(world, question, findings)
    await serveOwn(world, kind, question, findings)
  }
  return findings.lines
}
