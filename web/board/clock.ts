import { signal } from '@preact/signals'

/** A second's hand for what counts down. */
export const now = signal(Date.now())
setInterval(() => {
  now.value = Date.now()
}, 1_000)
