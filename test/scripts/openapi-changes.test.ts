import { describe, expect, it } from 'vitest'
import { judge, nameOf } from '../../scripts/openapi/allowed.ts'
import { breakingChanges } from '../../scripts/openapi/compare.ts'
import type { Document, Operation, Schema } from '../../scripts/openapi/document.ts'

const components = {
  schemas: {
    Node: {
      type: 'object',
      properties: { name: { type: 'string' }, next: { $ref: '#/components/schemas/Node' } },
      required: ['name'],
    },
    Money: { type: 'integer' },
  },
  parameters: { Market: { name: 'X-Market', in: 'header', schema: { type: 'string' } } },
} satisfies Document['components']

const documentOf = (operation: Operation, more: Partial<Document['paths']> = {}): Document => ({
  paths: {
    '/orders': { post: { operationId: 'placeOrder', ...operation } },
    ...more,
  },
  components,
})
const between = (before: Document, after: Document): string[] =>
  breakingChanges(before, after).map(nameOf)

const sends = (schema: Schema): Document =>
  documentOf({ requestBody: { required: true, content: { 'application/json': { schema } } } })
const answers = (schema: Schema): Document =>
  documentOf({ responses: { 200: { content: { 'application/json': { schema } } } } })

const object = (
  properties: Record<string, Schema>,
  required = Object.keys(properties),
): Schema => ({
  type: 'object',
  properties,
  required,
})
const TEXT = { type: 'string' }
const ANY: Schema = {}
const NUMBER = { type: 'integer' }
const NODE = { $ref: '#/components/schemas/Node' }
const choice = (...anyOf: Schema[]): Schema => ({ anyOf })
const tagged = (kind: string, field: string) =>
  object({ kind: { type: 'string', enum: [kind] }, [field]: TEXT })

/** What one side is, what it becomes, and what callers who send it lose, then who are answered it. */
const ROWS: [string, Schema, Schema, string[], string[]][] = [
  ['nothing', object({ a: TEXT }), object({ a: TEXT }), [], []],
  ['a field more', object({ a: TEXT }), object({ a: TEXT, b: TEXT }, ['a']), [], []],
  [
    'a required field more',
    object({ a: TEXT }),
    object({ a: TEXT, b: TEXT }),
    ['field-required .b'],
    [],
  ],
  [
    'a field less',
    object({ a: TEXT, b: TEXT }),
    object({ a: TEXT }),
    ['field-removed .b'],
    ['field-removed .b'],
  ],
  [
    'a field has to be there',
    object({ a: TEXT }, []),
    object({ a: TEXT }),
    ['field-required .a'],
    [],
  ],
  [
    'a field may be missing',
    object({ a: TEXT }),
    object({ a: TEXT }, []),
    [],
    ['field-optional .a'],
  ],
  ['another type', object({ a: TEXT }), object({ a: NUMBER }), ['type .a'], ['type .a']],
  ['whole numbers only', { type: 'number' }, NUMBER, ['type '], []],
  ['fractions too', NUMBER, { type: 'number' }, [], ['type ']],
  ['null too', TEXT, { type: ['string', 'null'] }, [], ['type ']],
  ['never null', { type: ['string', 'null'] }, TEXT, ['type '], []],
  ['null as a choice', TEXT, choice(TEXT, { type: 'null' }), [], ['type ']],
  ['null written otherwise', { type: ['string', 'null'] }, choice(TEXT, { type: 'null' }), [], []],
  ['fewer values', { enum: ['A', 'B'] }, { enum: ['A'] }, ['values '], []],
  ['more values', { enum: ['A'] }, { enum: ['A', 'B'] }, [], []],
  ['one value only', TEXT, { type: 'string', const: 'A' }, ['values '], []],
  ['any value', { type: 'string', const: 'A' }, TEXT, [], ['values ']],
  ['shorter', { type: 'string', maxLength: 9 }, { type: 'string', maxLength: 8 }, ['limits '], []],
  ['longer', { type: 'string', maxLength: 8 }, { type: 'string', maxLength: 9 }, [], []],
  ['a limit at all', NUMBER, { type: 'integer', maximum: 9 }, ['limits '], []],
  ['no limit', { type: 'integer', maximum: 9 }, NUMBER, [], []],
  [
    'more at least',
    { type: 'array', minItems: 1 },
    { type: 'array', minItems: 2 },
    ['limits '],
    [],
  ],
  ['a form', TEXT, { type: 'string', format: 'uuid' }, ['limits '], []],
  [
    'another pattern',
    { type: 'string', pattern: 'a' },
    { type: 'string', pattern: 'b' },
    ['limits '],
    [],
  ],
  ['no pattern', { type: 'string', pattern: 'a' }, TEXT, [], []],
  [
    'no unknown fields',
    object({}),
    { ...object({}), additionalProperties: false },
    ['strict '],
    [],
  ],
  ['unknown fields', { ...object({}), additionalProperties: false }, object({}), [], []],
  [
    'fields by name, of another type',
    { type: 'object', additionalProperties: TEXT },
    { type: 'object', additionalProperties: NUMBER },
    ['type .*'],
    ['type .*'],
  ],
  [
    'elements of another type',
    { type: 'array', items: TEXT },
    { type: 'array', items: NUMBER },
    ['type []'],
    ['type []'],
  ],
  [
    'a choice more',
    tagged('x', 'a'),
    choice(tagged('x', 'a'), tagged('y', 'b')),
    [],
    ['field-removed .a'],
  ],
  [
    'a choice less',
    choice(tagged('x', 'a'), tagged('y', 'b')),
    tagged('x', 'a'),
    ['values .kind', 'field-required .a', 'field-removed .b'],
    [],
  ],
  ['choices in another order', choice(TEXT, NUMBER), choice(NUMBER, TEXT), [], []],
  [
    'parts put together',
    object({ a: TEXT, b: TEXT }),
    { allOf: [object({ a: TEXT }), object({ b: TEXT })] },
    [],
    [],
  ],
  ['a reference instead', NUMBER, { $ref: '#/components/schemas/Money' }, [], []],
  ['what holds itself', NODE, NODE, [], []],
  ['anything', TEXT, ANY, [], ['type ']],
  ['not just anything', ANY, TEXT, ['type '], []],
]

describe('between two API documents', () => {
  it.each(ROWS)('%s: callers who send it', (_, before, after, broken) => {
    const found = between(sends(before), sends(after))
    const expected = broken.map((name) => name.replace(' ', ' POST /orders body'))
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  it.each(ROWS)('%s: callers who are answered it', (_, before, after, __, broken) => {
    const found = between(answers(before), answers(after))
    const expected = broken.map((name) => name.replace(' ', ' POST /orders 200'))
    expect(found.toSorted()).toEqual(expected.toSorted())
  })

  const plain: Operation = {
    parameters: [{ name: 'limit', in: 'query', schema: NUMBER }],
    responses: { 200: { headers: { ETag: {} } }, 404: {} },
    security: [{ bearer: [] }, {}],
  }
  const OPERATIONS: [string, Operation, string[]][] = [
    ['nothing', plain, []],
    ['another name', { ...plain, operationId: 'order' }, ['operation-renamed POST /orders']],
    ['no parameter', { ...plain, parameters: [] }, ['parameter-removed POST /orders query limit']],
    [
      'a parameter more',
      { ...plain, parameters: [...plain.parameters!, { name: 'day', in: 'query' }] },
      [],
    ],
    [
      'a parameter that is required',
      { ...plain, parameters: [{ name: 'limit', in: 'query', required: true, schema: NUMBER }] },
      ['parameter-required POST /orders query limit'],
    ],
    [
      'a required header',
      {
        ...plain,
        parameters: [
          ...plain.parameters!,
          { name: 'Idempotency-Key', in: 'header', required: true, schema: TEXT },
        ],
      },
      ['parameter-required POST /orders header Idempotency-Key'],
    ],
    [
      'a narrower parameter',
      { ...plain, parameters: [{ name: 'limit', in: 'query', schema: { ...NUMBER, maximum: 5 } }] },
      ['limits POST /orders query limit'],
    ],
    [
      'a body where there was none',
      { ...plain, requestBody: { required: true, content: {} } },
      ['body-required POST /orders body'],
    ],
    [
      'a status less',
      { ...plain, responses: { 200: { headers: { ETag: {} } } } },
      ['status-removed POST /orders 404'],
    ],
    ['a status more', { ...plain, responses: { ...plain.responses, 409: {} } }, []],
    [
      'a header less',
      { ...plain, responses: { ...plain.responses, 200: {} } },
      ['header-removed POST /orders 200'],
    ],
    [
      'a token where none was needed',
      { ...plain, security: [{ bearer: [] }] },
      ['security POST /orders'],
    ],
    ['no token', { ...plain, security: [] }, []],
  ]
  it.each(OPERATIONS)('an operation with %s', (_, after, broken) => {
    expect(between(documentOf(plain), documentOf(after))).toEqual(broken)
  })

  it('an operation or a path that is gone', () => {
    const more = { '/carts': { get: { operationId: 'cart' }, put: { operationId: 'put' } } }
    const less = { '/carts': { get: { operationId: 'cart' } } }
    expect(between(documentOf({}, more), documentOf({}, less))).toEqual([
      'operation-removed PUT /carts',
    ])
    expect(between(documentOf({}, less), documentOf({}))).toEqual(['operation-removed GET /carts'])
    expect(between(documentOf({}), documentOf({}, more))).toEqual([])
  })

  it('a parameter of the whole path', () => {
    const ofPath = (required: boolean): Document => ({
      paths: {
        '/orders': {
          parameters: [{ name: 'X-Market', in: 'header', required, schema: TEXT }],
          post: { operationId: 'placeOrder' },
        },
      },
    })
    expect(between(ofPath(false), ofPath(true))).toEqual([
      'parameter-required POST /orders header X-Market',
    ])
  })

  it('a media type that is not taken any more', () => {
    const takes = (...types: string[]) =>
      documentOf({
        requestBody: { content: Object.fromEntries(types.map((type) => [type, {}])) },
      })
    expect(between(takes('image/png', 'image/avif'), takes('image/avif'))).toEqual([
      'media-type-removed POST /orders body',
    ])
  })
})

describe('the list of breaks that were decided on', () => {
  const change = { kind: 'field-removed', at: 'GET /orders 200.items[].note', detail: 'is gone' }
  const reason = 'nobody has ever been given one'

  it.each([
    ['field-removed GET /orders 200.items[].note', true],
    ['field-removed * 200.items[].note', true],
    ['* GET /orders 200*', true],
    ['field-removed GET /orders 200.items[].notes', false],
    ['field-removed GET /order', false],
    ['type GET /orders 200.items[].note', false],
  ])('%s', (allowed, isAllowed) => {
    const { refused } = judge([change], [{ change: allowed, reason }])
    expect(refused).toEqual(isAllowed ? [] : [change])
  })

  it('needs a reason for each', () => {
    const { wrong } = judge([change], [{ change: nameOf(change), reason: '  ' }])
    expect(wrong).toEqual([expect.stringContaining('why')])
  })

  it('keeps none that allow nothing', () => {
    const { wrong } = judge([], [{ change: nameOf(change), reason }])
    expect(wrong).toEqual([expect.stringContaining('nothing of that kind')])
  })
})
