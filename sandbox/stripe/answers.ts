/** An answer before it is sent: what the idempotency store keeps. */
export interface Answer {
  status: number
  body: string
}

export const json = (status: number, body: unknown): Answer => ({
  status,
  body: JSON.stringify(body, null, 2),
})

interface Wrong {
  type?: string
  code?: string
  decline_code?: string
  message: string
  param?: string
  [more: string]: unknown
}

/** The error envelope (docs.stripe.com/api/errors). */
export const wrong = (status: number, error: Wrong): Answer =>
  json(status, { error: { type: 'invalid_request_error', ...error } })

export const missing = (what: string, id: string): Answer =>
  wrong(404, {
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param: what === 'payment_intent' ? 'intent' : 'id',
  })

export const missingParameter = (param: string): Answer =>
  wrong(400, {
    code: 'parameter_missing',
    message: `Missing required param: ${param}.`,
    param,
  })

export const apiError = (status: number): Answer =>
  wrong(status, { type: 'api_error', message: 'An unknown error occurred' })
