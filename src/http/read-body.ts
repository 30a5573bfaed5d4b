import type { Context } from 'hono'
import type { FieldError } from '../domain/refusal.ts'
import { refuse, ok, type Result } from '../domain/result.ts'
import type { AppEnv } from './context.ts'
import { parseJson } from './parse-json.ts'

const JSON_TYPE = /^application\/json\s*(?:;\s*[\w-]+=[^;]+)*$/i
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i

/**
 * The value of a request's body; of a form, where the route takes those, the JSON object it stands for.
 * Clients declare a type on bodies they do not send: an empty one is `{}`, so that the fields that are
 * missing are named and defaults filled in.
 */
export async function readBody(
  c: Context<AppEnv>,
  takesForms: boolean,
): Promise<Result<unknown, FieldError | 'WRONG_TYPE'>> {
  const text = await c.req.text()
  if (text === '') return ok({})
  const type = c.req.header('content-type') ?? ''
  if (takesForms && FORM_TYPE.test(type)) return parseForm(text)
  return JSON_TYPE.test(type) ? parseJson(text) : refuse('WRONG_TYPE')
}

/** A field given twice means nothing certain. */
function parseForm(text: string): Result<unknown, FieldError> {
  const fields = [...new URLSearchParams(text)]
  const repeated = fields.find(([name], index) =>
    fields.some(([other], at) => at < index && other === name),
  )
  if (repeated !== undefined) return refuse({ field: repeated[0], reason: 'repeated' })
  return parseJson(JSON.stringify(Object.fromEntries(fields)))
}
