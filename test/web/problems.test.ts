import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Trouble } from '../../web/lib/outcome.ts'
import { fakeBrowser } from './browser.ts'

fakeBrowser()
const { chooseLocale } = await import('../../web/lib/i18n.ts')
const { placeOf } = await import('../../web/ui/problems.ts')
const { told } = await import('../../web/ui/task.ts')
afterAll(() => void vi.unstubAllGlobals())

const trouble = (more: Partial<Trouble>): Trouble => ({
  status: 400,
  code: 'VALIDATION_ERROR',
  reason: null,
  message: 'what the server says',
  details: {},
  retryAfterSeconds: null,
  traceId: null,
  ...more,
})
const errors = (...named: [field: string, reason: string][]) =>
  trouble({ details: { errors: named.map(([field, reason]) => ({ field, reason })) } })

describe('the field of a form that an error belongs to', () => {
  const paths = ['name', 'item_ids', 'opening_hours', 'opening_hours.mon.1.open']
  it.each([
    ['name', 'name'],
    ['names.en', null],
    ['item_ids.3', 'item_ids'],
    ['opening_hours.mon.1.open', 'opening_hours.mon.1.open'],
    ['opening_hours.mon.0.open', 'opening_hours'],
    ['timezone', null],
  ])('%s: %s', (field, path) => {
    expect(placeOf(field, paths)).toBe(path)
  })
})

describe('what went wrong', () => {
  it.each([
    ['the server’s words', trouble({}), 'what the server says'],
    ['that nobody answered', trouble({ message: null }), '연결되지 않았어요. 다시 해 보세요.'],
    [
      'the field by its label',
      errors(['ends_at', 'not_after_start']),
      '적은 내용을 확인해 주세요. · 끝: 끝이 시작보다 늦어야 해요',
    ],
    [
      'what has no label as the API has it',
      errors(['weird', 'too_big']),
      '적은 내용을 확인해 주세요. · weird: 너무 크거나 많아요',
    ],
    [
      'a reason that has no words yet',
      errors(['ends_at', 'too_blue']),
      '적은 내용을 확인해 주세요. · 끝: 받을 수 없어요 (too_blue)',
    ],
    [
      'the same once',
      errors(['ends_at', 'too_big'], ['ends_at', 'too_big']),
      '적은 내용을 확인해 주세요. · 끝: 너무 크거나 많아요',
    ],
  ])('tells %s', (_, what, text) => {
    expect(told(what, (field) => (field === 'ends_at' ? '끝' : null))).toBe(text)
  })

  it('is told in the reader’s language', () => {
    chooseLocale('en')
    expect(told(errors(['name', 'required']), () => 'Name')).toBe(
      'Please check what you have entered. · Name: is missing',
    )
    chooseLocale('ko')
  })
})
