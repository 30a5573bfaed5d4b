import { setTimeout as pause } from 'node:timers/promises'
import type { Chance } from '../lib/random.ts'
import { addProviderFault, clearProviderFaults, NO_APP_FAULTS, setAppFaults } from './control.ts'

/** What goes wrong outside, each once: the provider, its webhooks, the queue, the database. */
const PROVIDER_FAULTS = [
  { operation: 'confirm', fail_after: 'drop' },
  { operation: 'confirm', slow_ms: 1_500 },
  { operation: 'confirm', fail_status: 503 },
  { operation: 'confirm', nonsense: 'html' },
  { operation: 'confirm', reject: 'REJECT_CARD_COMPANY' },
  { operation: 'open', fail_status: 500 },
  { operation: 'open', fail_after: 'drop' },
  { operation: 'cancel', fail_after: 500 },
  { operation: 'cancel', fail_status: 503 },
  { operation: 'lookup', fail_status: 503 },
  { lose_webhook: true },
  { twice: true },
  { late_webhook_ms: 3_000 },
  { stale_webhook: true },
] as const

const APP_FAULTS = [{ lose_queue_messages: 3 }, { duplicate_queue_messages: 3 }] as const

export interface WeatherOptions {
  sandbox: string
  chance: Chance
  stopped: () => boolean
}

const OF_100_PROVIDER = 70
const DATABASE_DOWN_MS = 400

/** Bad weather over the whole evening; fair again at its end. */
export async function makeWeather({ sandbox, chance, stopped }: WeatherOptions): Promise<void> {
  // The app may be down at this moment; weather does not ask.
  const onApp = (faults: object) => setAppFaults(sandbox, faults).catch(() => undefined)
  while (!stopped()) {
    await pause(chance.between(300, 1_200))
    if (chance.percent(OF_100_PROVIDER))
      await addProviderFault(sandbox, { ...chance.pick(PROVIDER_FAULTS), times: 1 })
    else if (chance.percent(70)) await onApp(chance.pick(APP_FAULTS))
    else {
      await onApp({ d1_down: true })
      await pause(DATABASE_DOWN_MS)
      await onApp({ d1_down: false })
    }
  }
  await clearProviderFaults(sandbox)
  await onApp(NO_APP_FAULTS)
}
