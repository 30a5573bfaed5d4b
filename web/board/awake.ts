import { signal } from '@preact/signals'

/** Whether the screen is kept on; false where the device does not let pages do that. */
export const keptAwake = signal(true)

/** Keeps the screen on while the page is shown; the system takes the lock away when it is not. */
export function stayAwake(): void {
  const ask = async () => {
    if (document.hidden) return
    try {
      if (!('wakeLock' in navigator)) throw new Error('no such lock here')
      const lock = await navigator.wakeLock.request('screen')
      keptAwake.value = true
      // An empty battery takes it while the page is looked at.
      lock.addEventListener('release', () => {
        if (!document.hidden) keptAwake.value = false
      })
    } catch {
      // An old tablet, or one that saves its battery: the page says what to do.
      keptAwake.value = false
    }
  }
  document.addEventListener('visibilitychange', () => void ask())
  void ask()
}
