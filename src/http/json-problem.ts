import type { FieldError } from '../domain/refusal.ts'

const MAX_DEPTH = 32
const TOKENS = /"(?:[^"\\]+|\\.)*"|[{}[\]:]/g

/**
 * What is wrong with a JSON text beyond its shape: not JSON, nested deeper than 32, a key twice
 * (readers disagree on which counts), or `__proto__`. Null when nothing is.
 */
export function jsonProblem(text: string): FieldError | null {
  try {
    JSON.parse(text)
  } catch {
    return { field: 'body', reason: 'malformed_json' }
  }
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
