import type { AccountKeys } from '../payment-port.ts'

/** A mall at PayAction: what it is called with, and what it proves its own calls with. */
export interface PayActionAccount {
  mallId: string
  apiKey: string
  webhookKey: string
}

/** A restaurant's own mall out of its keys; null where they do not make one. */
export function accountOf(keys: AccountKeys): PayActionAccount | null {
  const mallId = keys['payaction-mall-id']?.trim()
  const apiKey = keys['payaction-api-key']?.trim()
  const webhookKey = keys['payaction-webhook-key']?.trim()
  return mallId && apiKey && webhookKey ? { mallId, apiKey, webhookKey } : null
}
