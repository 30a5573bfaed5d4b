import type { FieldError } from '../domain/refusal.ts'
import { ok, refuse, type Result } from '../domain/result.ts'

const MAX_DEPTH = 32

/**
 * The value of a JSON text. Refused are, beside what is no JSON: nesting deeper than 32, a key twice
 * (readers disagree on which counts), and `__proto__`.
 */
export function parseJson(text: string): Result<unknown, FieldError> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse({ field: 'body', reason: 'malformed_json' })
  }
  if (keysIn(value) === colonsIn(text)) return ok(value)
  const problem = problemIn(text)
  return problem ? refuse(problem) : ok(value)
}

/** How many keys there are in all; NaN where one is refused or lies too deep. */
function keysIn(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === MAX_DEPTH || Object.hasOwn(value, '__proto__')) return NaN
  const inside: unknown[] = Array.isArray(value) ? value : Object.values(value)
  let keys = Array.isArray(value) ? 0 : inside.length
  for (const part of inside) keys += keysIn(part, depth + 1)
  return keys
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/** Colons outside of strings: one for each key as it was sent, repeated ones too. */
function colonsIn(json: string): number {
  let colons = 0
  let quoted = false
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at)
    if (code === QUOTE) quoted = !quoted
    else if (quoted && code === BACKSLASH) at += 1
    else if (!quoted && code === COLON) colons += 1
  }
  return colons
}

const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g

/** The first thing that is wrong with a JSON text: slow, and asked only where something is. */
function problemIn(text: string): FieldError | null {
  const open: (Set<string> | null)[] = []
  let previous = ''
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null)
      if (open.length > MAX_DEPTH) return { field: 'body', reason: 'too_deep' }
    } else if (token === '}' || token === ']') open.pop()
    else if (token === ':') {
      const key = JSON.parse(previous) as string
      const keys = open.at(-1)
      if (key === '__proto__') return { field: key, reason: 'unrecognized_keys' }
      if (keys?.has(key)) return { field: key, reason: 'duplicate_key' }
      keys?.add(key)
    }
    previous = token
  }
  return null
}
