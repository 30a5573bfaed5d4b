const MOST_CHARS = 300

/** Texts that may hold what somebody wrote, and what a line says in their place. */
const HIDDEN: readonly (readonly [RegExp, string])[] = [
  // Our own are written in English; other words are somebody's.
  [/[^\x20-\x7e]+/g, '…'],
  // `JSON.parse` and addresses quote what they were given.
  [/"[^"]*("|$)/g, '"…"'],
  [/`[^`]*(`|$)/g, '`…`'],
  [/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, '[address]'],
  [/[^\s@<>]+@[^\s@<>]+/g, '[e-mail]'],
  [/\beyJ[\w-]+\.[\w.-]*/g, '[token]'],
  [/\b(?:sk|pk|rk|ck|gsk|gck|whsec|test|live)_\w+/g, '[key]'],
  // Telephones, cards and accounts; ids have letters or dashes beside their digits.
  [/(?<![\w-])\+?\d(?:[ .-]?\d){7,}(?![\w-])/g, '[digits]'],
  [/(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])/g, '[network]'],
  [/(?<![\w:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![\w:])/gi, '[network]'],
]

/** The names of properties that errors of the runtime quote. */
const NAME = /^'[\w.-]{1,40}'$/

/** A text of somebody else's as a line may have it: short, without control characters and values. */
export function safeText(text: string): string {
  // Longer than what stays, so that nothing is cut where it would no longer be recognised.
  let safe = text.slice(0, 4 * MOST_CHARS).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  safe = safe.replace(/'[^']*'/g, (quoted) => (NAME.test(quoted) ? quoted : "'…'"))
  for (const [pattern, instead] of HIDDEN) safe = safe.replace(pattern, instead)
  return safe.length > MOST_CHARS ? `${safe.slice(0, MOST_CHARS)}…` : safe
}

/** What was thrown, as a line may have it. */
export const errorText = (thrown: unknown): string =>
  thrown instanceof Error ? safeText(`${thrown.name}: ${thrown.message}`) : typeof thrown
