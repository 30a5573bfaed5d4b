/** What a restaurant entrusts to us: stored sealed, never shown again, in no event and no read model. */
export const SECRET_NAMES = [
  'discord-webhook',
  'slack-webhook',
  'notify-email',
  'toss-secret-key',
  'toss-client-key',
  'stripe-secret-key',
  'stripe-publishable-key',
  'stripe-webhook-secret',
  'payaction-mall-id',
  'payaction-api-key',
  'payaction-webhook-key',
] as const
export type SecretName = (typeof SECRET_NAMES)[number]

/** Where the owner is told that nobody is listening. */
export const SINKS = ['discord', 'slack', 'email'] as const
export type Sink = (typeof SINKS)[number]

export const isSink = (text: string): text is Sink => (SINKS as readonly string[]).includes(text)

/** The secret that a sink's address is. */
export const SECRET_OF_SINK = {
  discord: 'discord-webhook',
  slack: 'slack-webhook',
  email: 'notify-email',
} as const satisfies Record<Sink, SecretName>

/** All that anybody is shown of a secret. */
export interface SecretHint {
  name: SecretName
  hint: string
}

/** What a restaurant keeps of some names, as it was sealed; whose it is is sealed in. */
export interface SealedSecrets {
  restaurantId: string
  sealed: Readonly<Partial<Record<SecretName, string>>>
}

/** A secret to keep, sealed already; `sealed` null takes it away. */
export type SecretChange = (SecretHint & { sealed: string }) | { name: SecretName; sealed: null }

const SHOWN = 4
const LONG_ENOUGH = 12

/** The end of a secret that is long enough to spare it; of an address only its domain. */
export function hintOf(name: SecretName, secret: string): string {
  if (name === 'notify-email') return `…${secret.slice(secret.lastIndexOf('@'))}`
  return secret.length < LONG_ENOUGH ? '…' : `…${secret.slice(-SHOWN)}`
}
