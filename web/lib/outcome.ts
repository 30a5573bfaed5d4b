/** What the server refused, in its own words, or that it was not reached at all. */
export interface Trouble {
  /** 0 = no answer came: the network, or ours. */
  status: number
  code: string
  reason: string | null
  message: string | null
  details: Readonly<Record<string, unknown>>
  retryAfterSeconds: number | null
  traceId: string | null
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; trouble: Trouble }

const UNREACHED: Trouble = {
  status: 0,
  code: 'UNREACHED',
  reason: null,
  message: null,
  details: {},
  retryAfterSeconds: null,
  traceId: null,
}

interface Answered<T> {
  ok: boolean
  status: number
  headers: Headers
  json(): Promise<T>
}

interface ErrorBody {
  error?: {
    code?: string
    reason?: string
    message?: string
    details?: Record<string, unknown>
    trace_id?: string
  }
}

/** Waits for an answer and tells what it holds, or what went wrong, as a value. */
export async function outcomeOf<T>(answering: Promise<Answered<T>>): Promise<Outcome<T>> {
  let answer: Answered<T>
  try {
    answer = await answering
  } catch {
    return { ok: false, trouble: UNREACHED }
  }
  if (answer.ok) {
    try {
      return { ok: true, value: answer.status === 204 ? (null as T) : await answer.json() }
    } catch {
      return { ok: false, trouble: UNREACHED }
    }
  }
  const { error } = await answer.json().then(
    (body) => body as ErrorBody,
    (): ErrorBody => ({}),
  )
  const retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN)
  return {
    ok: false,
    trouble: {
      status: answer.status,
      code: error?.code ?? 'UNKNOWN',
      reason: error?.reason ?? null,
      message: error?.message ?? null,
      details: error?.details ?? {},
      retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
      traceId: error?.trace_id ?? null,
    },
  }
}

/** Trouble that the same call may not meet again a little later. */
export const passes = ({ status }: Trouble): boolean =>
  status === 0 || status === 429 || status >= 500
