import { createPayActionProvider } from '../../src/providers/payaction/payaction-provider.ts'
import {
  createPayActionSandbox,
  SANDBOX_MALL,
  WEBHOOK_KEY,
  type Delivery,
} from '../../sandbox/payaction/app.ts'
import { createPayActionFaults, payActionFault } from '../../sandbox/payaction/faults.ts'
import { createMemoryPayAction } from '../../sandbox/payaction/store.ts'

export const PAYACTION_URL = 'http://sandbox.test/payaction'
export const MALL = { mallId: SANDBOX_MALL, apiKey: 'an-api-key', webhookKey: WEBHOOK_KEY }

/** PayAction and the bank in this isolate: the clock is a variable, webhooks are an array. */
export function payActionWorld() {
  const world = {
    now: Date.UTC(2026, 10, 20, 3, 30),
    webhooks: [] as { body: Delivery; delayMs: number }[],
    waited: [] as number[],
  }
  const store = createMemoryPayAction()
  const faults = createPayActionFaults()
  const sandbox = createPayActionSandbox({
    store,
    faults,
    now: () => world.now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    sendWebhook: (body, delayMs) => world.webhooks.push({ body, delayMs }),
    wait: (ms) => {
      world.waited.push(ms)
      return Promise.resolve()
    },
  })
  return {
    world,
    store,
    sandbox,
    faults,
    fault: (rule: unknown) => faults.add(payActionFault.parse(rule)),
    provider: createPayActionProvider({
      baseUrl: PAYACTION_URL,
      account: MALL,
      excludePath: '/orders/{order_number}/cancel',
      now: () => world.now,
      fetch: (request) => sandbox.fetch(request),
    }),
  }
}

export type PayActionWorld = ReturnType<typeof payActionWorld>
