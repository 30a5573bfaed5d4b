import { describe, expect, it } from 'vitest'
import {
  channelHint,
  channelsFor,
  DEPLOYMENT_CHANNEL_ID,
} from '../../../src/domain/alerts/channel.ts'
import { parseId } from '../../../src/domain/ids.ts'
import type { AlertKind } from '../../../src/domain/alerts/rule.ts'

const channel = (id: string, kinds: readonly AlertKind[] | null = null, on = true) => ({
  ...{ id, kinds, disabledAt: on ? null : 1 },
})

describe('who is told of an alert', () => {
  it.each([
    ['every channel that is on', [channel('a'), channel('b')], ['a', 'b']],
    ['not one that is off', [channel('a'), channel('b', null, false)], ['a']],
    ['not one that asked for other kinds', [channel('a', ['low-stock']), channel('b')], ['b']],
    ['one that asked for the kind', [channel('a', ['low-stock', 'http-5xx'])], ['a']],
    ['the deployment’s own where there is none', [], [DEPLOYMENT_CHANNEL_ID]],
    ['the deployment’s own where none is on', [channel('a', null, false)], [DEPLOYMENT_CHANNEL_ID]],
    ['nobody where those that are on want other kinds', [channel('a', ['low-stock'])], []],
  ])('%s', (_, channels, told) => {
    expect(channelsFor('http-5xx', channels, true)).toEqual(told)
  })

  it('nobody where the deployment has no channel either', () => {
    expect(channelsFor('http-5xx', [], false)).toEqual([])
  })

  it('the deployment’s own has an id that a path takes', () => {
    expect(parseId(DEPLOYMENT_CHANNEL_ID)).toBe(DEPLOYMENT_CHANNEL_ID)
  })
})

describe('what is shown of an address', () => {
  it.each([
    ['email', 'kim.minsu@example.com', '…@example.com'],
    ['slack', 'https://hooks.slack.com/services/T0/B0/verysecret', '…cret'],
  ] as const)('of %s', (kind, address, hint) => {
    expect(channelHint(kind, address)).toBe(hint)
  })
})
