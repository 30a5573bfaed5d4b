import type { LimitSettings } from '../../src/domain/limits/call-limits.ts'

const set = new Map<string, LimitSettings>()

/** Limits of the restaurant with this key from its object's next start on. */
export const setLimits = (key: string, limits: LimitSettings): void => void set.set(key, limits)

export const limitsOf = (key: string | undefined): LimitSettings => set.get(key ?? '') ?? {}
