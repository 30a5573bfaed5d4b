import { describe, expect, it } from 'vitest'
import { PERMISSIONS } from '../../../src/domain/permissions.ts'
import { createApp } from '../../../src/http/app.ts'
import { routesOf } from '../../../src/http/route.ts'
import { CALLS } from './calls.ts'
import { GUARDED, send } from './walk.ts'
import { openWorld } from './world.ts'

const names = (list: readonly { operationId: string }[]): string[] =>
  list.map(({ operationId }) => operationId)
const called = Object.values(CALLS).flatMap((calls) => Object.keys(calls))

describe('the walk over every route', () => {
  it('leaves none out: a new one needs its call in test/http/roles/calls', () => {
    expect(names(GUARDED).filter((operation) => !called.includes(operation))).toEqual([])
  })

  it('knows of none that there is not, and of none twice', () => {
    expect(called.filter((operation) => !names(GUARDED).includes(operation))).toEqual([])
    expect(called).toHaveLength(new Set(called).size)
  })

  it('is made of every capability', () => {
    const files = import.meta.glob<string>(['./walk-*.test.ts'], {
      query: '?raw',
      import: 'default',
      eager: true,
    })
    const walked = Object.values(files).join('')
    expect(Object.keys(CALLS).filter((name) => !walked.includes(`'${name}'`))).toEqual([])
  })

  it('comes by routes that ask for a permission there is', () => {
    const asked = new Set(GUARDED.map(({ permission }) => permission))
    asked.delete('optional')
    expect([...asked].filter((permission) => !Object.hasOwn(PERMISSIONS, permission))).toEqual([])
  })
})

describe('public routes', () => {
  const open = routesOf(createApp()).filter(({ permission }) => permission === 'public')

  it('answer everybody the same, whatever they show', { timeout: 120_000 }, async () => {
    const world = await openWorld()
    const everybody = [...Object.values(world.people), ...world.nobodies]
    for (const route of open) {
      const reads = route.method === 'get'
      const thing = { ids: [world.here.id, 'x'], at: null, whose: 'anybody' } as const
      const question = { route, call: reads ? {} : { body: {} }, thing }
      const answers = new Set<number>()
      for (const who of everybody) answers.add((await send(world, who, question)).status)
      expect([route.operationId, [...answers].length]).toEqual([route.operationId, 1])
      expect([route.operationId, ...answers]).not.toContain(403)
    }
  })
})
