import { describe, expect, it } from 'vitest'
import { leaseVerdict, type LeasedEvent } from '../../../src/domain/outgoing/lease.ts'

const NOW = 1_000
const held = (eventId: string, open = true, leaseUntil = NOW + 1): LeasedEvent => ({
  ...{ eventId, open, leaseUntil },
})

describe('settling events of a lease', () => {
  it.each<[string, readonly LeasedEvent[], readonly string[], string[], object]>([
    ['is done for what it handed out', [held('a'), held('b', false)], [], ['b'], { open: 1 }],
    ['leaves nothing open once all is settled', [held('a', false)], [], ['a'], { open: 0 }],
    ['is refused when it is over', [held('a', true, NOW)], [], ['a'], { kind: 'EXPIRED' }],
    ['is refused under one that there is not', [], [], ['a'], { kind: 'EXPIRED' }],
    ['names what it never handed out', [held('a')], [], ['a', 'x'], { kind: 'UNKNOWN', at: [1] }],
    ['is over for what another has by now', [held('a')], ['b'], ['a', 'b'], { kind: 'EXPIRED' }],
    ['tells the unknown first', [held('a')], ['b'], ['b', 'x'], { kind: 'UNKNOWN', at: [1] }],
  ])('%s', (_, events, elsewhere, named, verdict) => {
    expect(leaseVerdict({ events, elsewhere }, named, NOW)).toMatchObject(verdict)
  })
})
