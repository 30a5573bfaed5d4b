import { render } from 'preact'
import { App } from './app.tsx'
import { recallOrders } from './orders.ts'
import { begin, refreshMenu } from './state.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)

async function start(): Promise<void> {
  await begin()
  await recallOrders()
}
void start()

/** Back from a lock screen or a payment page: what was shown may be old. */
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refreshMenu()
})
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void start()
})
// Gone back to by the browser: the page may be as it came then, with the menu of then.
const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
if (visit?.type === 'back_forward') void refreshMenu()
addEventListener('online', () => void start())

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
