import { render } from 'preact'
import { App } from './app.tsx'
import { askNowAndThen, refreshMenu } from './menu-news.ts'
import { isDeaf, orders, recallOrders } from './orders.ts'
import { begin, barred, join } from './state.ts'
import { dropStraySecondTaps } from '../ui/double-tap.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)
dropStraySecondTaps()

async function start(): Promise<void> {
  await begin()
  await recallOrders()
}
void start()

/** Back from a lock screen or a payment page: what was shown may be old. */
document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  void refreshMenu()
  if (isDeaf()) void recallOrders()
})
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void start()
})
// Gone back to by the browser: the page may be as it came then, with the menu of then.
const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
if (visit?.type === 'back_forward') void refreshMenu()
addEventListener('online', () => void start())
/** The table's code was scanned into the page that is open. */
addEventListener('hashchange', () => void start())

askNowAndThen(isDeaf, () => {
  if (barred.value === 'notSeated') void join()
  if (orders.value.some(({ ended_at: endedAt, completed_at: at }) => (endedAt ?? at) === null))
    void recallOrders()
})

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
