import { definitionOf } from './registry.ts'
import type { Labels } from './samples.ts'

export const MINUTE_MS = 60_000
/** Windows reach back a day. */
export const MINUTES_KEPT = 25 * 60

export const minuteOf = (at: number): number => Math.floor(at / MINUTE_MS)

/** The labels by which a series' last minutes are kept; null where they are not. */
export function minutelyLabels(name: string, labels: Labels): Labels | null {
  const definition = definitionOf(name)
  if (definition === undefined || definition.type === 'gauge') return null
  const kept = definition.minutely
  if (kept === undefined) return null
  return Object.fromEntries(
    kept.map((label) => [
      label,
      label === 'class' ? classOf(labels['status'] ?? '') : (labels[label] ?? ''),
    ]),
  )
}

/** `2xx` of `201`. */
export const classOf = (status: string): string => `${status.charAt(0)}xx`

/** The first minute of a window: it reaches back at least as far as was asked for. */
export const firstMinute = (now: number, seconds: number): number => minuteOf(now - seconds * 1_000)
