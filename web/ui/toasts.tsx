import { signal } from '@preact/signals'

interface Toast {
  id: number
  text: string
}

const SHOWN_MS = 4_000
const toasts = signal<readonly Toast[]>([])
let count = 0

/** Says something in passing; screen readers hear it when they have finished their sentence. */
export function toast(text: string): void {
  count += 1
  const id = count
  toasts.value = [...toasts.value.slice(-2), { id, text }]
  setTimeout(() => {
    toasts.value = toasts.value.filter((one) => one.id !== id)
  }, SHOWN_MS)
}

export const Toasts = () => (
  <div class="toasts" role="status" aria-live="polite">
    {toasts.value.map(({ id, text }) => (
      <div key={id} class="toast">
        {text}
      </div>
    ))}
  </div>
)
