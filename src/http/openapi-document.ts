import type { App } from './context.ts'
import { MARKETS } from '../domain/catalogue/markets.ts'

type Document = ReturnType<App['getOpenAPI31Document']>

type StringSchema = {
  type: 'string'
  format?: string
  enum?: string[]
}

const header = (name: string, description: string, schema: StringSchema) => ({
  name,
  in: 'header' as const,
  required: false,
  description,
  schema,
})

/** Taken on every route of the API. */
const CONTEXT_HEADERS = {
  AcceptLanguage: header('Accept-Language', 'Language of messages: ko (default) or en', {
    type: 'string',
  }),
  Market: header('X-Market', 'Market of the caller', { type: 'string', enum: [...MARKETS] }),
  SessionId: header('X-Session-Id', 'Guest session', { type: 'string', format: 'uuid' }),
  RestaurantId: header('X-Restaurant-Id', 'Which of several own restaurants is meant', {
    type: 'string',
    format: 'uuid',
  }),
  ReadBookmark: header('X-Read-Bookmark', 'Of an earlier answer: lists are not older than it', {
    type: 'string',
  }),
  RequestId: header('X-Request-Id', 'Answered again; minted when missing', { type: 'string' }),
  Traceparent: header('traceparent', 'W3C Trace Context', { type: 'string' }),
}

const SIGNING =
  'Partners: `v1=<hex>`, HMAC-SHA256 with a key of theirs over `timestamp\\nnonce\\nMETHOD\\npath?query' +
  '\\nsha256hex(body)`, beside `X-Client-Id`, `X-Timestamp` (unix seconds, ± 300 s) and `X-Nonce` ' +
  '(8 to 64 of `A–Z a–z 0–9 _ -`, good once).'

/** OpenAPI 3.1 of the app, made from the schemas that validate. */
export function apiDocument(app: App): Document {
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'OrderSync',
      version: '1.0.0',
      description:
        "Scan the table's QR code, order, pay, watch it live. Money is in minor units, times are " +
        'ISO 8601 UTC, ids are UUIDs. Errors come in one envelope; `reason` says exactly what. Every ' +
        'path also answers without `/api/v1`, and some by other names (docs/api-map.md); there no ' +
        '`Idempotency-Key` is required, and without one each request is a command of its own.',
    },
  })
  const parameters = Object.keys(CONTEXT_HEADERS).map((name) => ({
    $ref: `#/components/parameters/${name}`,
  }))
  document.components = {
    ...document.components,
    parameters: { ...document.components?.parameters, ...CONTEXT_HEADERS },
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      signature: { type: 'apiKey', in: 'header', name: 'X-Signature', description: SIGNING },
    },
  }
  for (const path of Object.values(document.paths ?? {})) path.parameters = parameters
  return document
}
