export interface CallOptions {
  token?: string | undefined
  /** Idempotency-Key. */
  key?: string
  body?: unknown
  headers?: Record<string, string>
  timeoutMs?: number
}

/** An answer with the milliseconds it took, from before sending to the whole body. */
export interface Answer {
  status: number
  headers: Headers
  body: unknown
  ms: number
  /** `METHOD /path`, for messages. */
  call: string
}

export interface ErrorBody {
  error: { code: string; reason?: string; message: string; details?: Record<string, unknown> }
}

/** An answer that nobody expected. */
export class UnexpectedAnswerError extends Error {
  readonly answer: Answer

  constructor(answer: Answer, expected: string) {
    const said = JSON.stringify(answer.body).slice(0, 600)
    super(`${answer.call} answered ${answer.status} where ${expected} was expected: ${said}`)
    this.name = 'UnexpectedAnswerError'
    this.answer = answer
  }
}

const TIMEOUT_MS = 30_000

export interface Api {
  /** One request; whatever is answered comes back, only a lost connection throws. */
  send: (method: string, path: string, options?: CallOptions) => Promise<Answer>
  /** One request that must be answered 2xx; gives the body. */
  ask: <T>(method: string, path: string, options?: CallOptions) => Promise<T>
}

/** JSON over HTTP under `/api/v1`. */
export function createApi(origin: string): Api {
  const send: Api['send'] = async (method, path, options = {}) => {
    const startedAt = performance.now()
    const response = await fetch(`${origin}/api/v1${path}`, {
      method,
      headers: {
        ...(options.token && { authorization: `Bearer ${options.token}` }),
        ...(options.key && { 'idempotency-key': options.key }),
        ...(options.body !== undefined && { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...options.headers,
      },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: parsed(text),
      ms: performance.now() - startedAt,
      call: `${method} ${path}`,
    }
  }
  return {
    send,
    async ask<T>(method: string, path: string, options?: CallOptions) {
      const answer = await send(method, path, options)
      if (answer.status >= 200 && answer.status < 300) return answer.body as T
      throw new UnexpectedAnswerError(answer, '2xx')
    },
  }
}

function parsed(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // A page, not JSON.
    return text
  }
}

/** The answer's error, or null when it is none. */
export function errorOf({ body }: Answer): ErrorBody['error'] | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null
  return (body as ErrorBody).error
}

export const isReplay = ({ headers }: Answer): boolean =>
  headers.get('idempotent-replayed') === 'true'
