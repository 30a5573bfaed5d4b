import type { ProviderPaymentJson } from '../lib/shapes.ts'

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`)
}

/** Moves the clock of app and sandbox forward. */
export const advanceClock = (sandbox: string, seconds: number): Promise<void> =>
  post(`${sandbox}/control/clock`, { advance_seconds: seconds })

export const addProviderFault = (sandbox: string, rule: object): Promise<void> =>
  post(`${sandbox}/control/faults`, rule)

export async function clearProviderFaults(sandbox: string): Promise<void> {
  const response = await fetch(`${sandbox}/control/faults`, { method: 'DELETE' })
  await response.body?.cancel()
}

export const setAppFaults = (sandbox: string, faults: object): Promise<void> =>
  post(`${sandbox}/control/app`, faults)

export const NO_APP_FAULTS = {
  lose_queue_messages: 0,
  duplicate_queue_messages: 0,
  d1_down: false,
}

/** The provider's own view of every payment. */
export async function gatherPayments(sandbox: string): Promise<ProviderPaymentJson[]> {
  const response = await fetch(`${sandbox}/control/payments`)
  const { payments } = (await response.json()) as { payments: ProviderPaymentJson[] }
  return payments
}

export async function webhooksWaiting(sandbox: string): Promise<number> {
  const response = await fetch(`${sandbox}/control/state`)
  const { webhooks_waiting } = (await response.json()) as { webhooks_waiting: number }
  return webhooks_waiting
}
