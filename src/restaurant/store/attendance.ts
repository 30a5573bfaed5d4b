import type { Memory } from './memory.ts'

/**
 * Whether an order was found unseen a short while ago with nobody in. In memory alone: who does not know
 * waits as for the first one.
 */
export function createAttendance(memory: Memory) {
  const missedUntil = memory.one(() => -Infinity)
  return {
    missedUntil: (): number => missedUntil.get(),
    missed: (until: number): void => missedUntil.set(until),
    attended: (): void => missedUntil.forget(),
  }
}
