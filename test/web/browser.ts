import { vi } from 'vitest'

/** As much of a browser as a page's own parts ask for: what is kept, and what happens to the window. */
export function fakeBrowser() {
  const kept = new Map<string, string>()
  const listeners = new Map<string, Set<(event: unknown) => void>>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  })
  vi.stubGlobal('window', {
    addEventListener: (name: string, listener: (event: unknown) => void) => {
      const known = listeners.get(name) ?? new Set()
      listeners.set(name, known.add(listener))
    },
  })
  vi.stubGlobal('document', { documentElement: { lang: 'ko' }, hidden: false })
  vi.stubGlobal('navigator', {})
  const happens = (name: string, event: unknown = {}) => {
    for (const listener of listeners.get(name) ?? []) listener(event)
  }
  return { kept, happens }
}
