import { z } from '@hono/zod-openapi'
import type { SecretHint, SecretName } from '../../domain/restaurant/secrets.ts'
import type { GivenSecret } from '../../usecases/restaurants/seal-secrets.ts'

const secret = z.string().trim().min(1).max(500).openapi({ writeOnly: true })

/** Each group is set as a whole; null takes it away, and what is left out stays. */
export const secretFields = {
  sinks: z
    .strictObject({
      discord: z.strictObject({ webhook_url: secret }).nullable().optional(),
      slack: z.strictObject({ webhook_url: secret }).nullable().optional(),
      email: z
        .strictObject({ address: z.email().max(255) })
        .nullable()
        .optional(),
    })
    .openapi({
      description: 'Where the owner is told when nobody is listening. Never shown again',
    }),
  provider_keys: z
    .strictObject({
      toss: z.strictObject({ secret_key: secret, client_key: secret }).nullable().optional(),
      stripe: z
        .strictObject({ secret_key: secret, publishable_key: secret, webhook_secret: secret })
        .nullable()
        .optional(),
      payaction: z
        .strictObject({ mall_id: secret, api_key: secret, webhook_key: secret })
        .nullable()
        .optional(),
    })
    .openapi({ description: "The restaurant's own accounts. Never shown again" }),
}

/** Where a body has each secret: group, member, field. */
const PLACES = {
  'discord-webhook': ['sinks', 'discord', 'webhook_url'],
  'slack-webhook': ['sinks', 'slack', 'webhook_url'],
  'notify-email': ['sinks', 'email', 'address'],
  'toss-secret-key': ['provider_keys', 'toss', 'secret_key'],
  'toss-client-key': ['provider_keys', 'toss', 'client_key'],
  'stripe-secret-key': ['provider_keys', 'stripe', 'secret_key'],
  'stripe-publishable-key': ['provider_keys', 'stripe', 'publishable_key'],
  'stripe-webhook-secret': ['provider_keys', 'stripe', 'webhook_secret'],
  'payaction-mall-id': ['provider_keys', 'payaction', 'mall_id'],
  'payaction-api-key': ['provider_keys', 'payaction', 'api_key'],
  'payaction-webhook-key': ['provider_keys', 'payaction', 'webhook_key'],
} as const satisfies Record<SecretName, readonly [keyof typeof secretFields, string, string]>

const places = Object.entries(PLACES) as [SecretName, readonly [string, string, string]][]

type Groups = Record<string, Record<string, Record<string, string> | null | undefined> | undefined>

/** The secrets that a body sets or takes away. */
export function secretsFrom(body: object): GivenSecret[] {
  const groups = body as Groups
  return places.flatMap(([name, [group, member, key]]) => {
    const given = groups[group]?.[member]
    if (given === undefined) return []
    return [{ name, field: `${group}.${member}.${key}`, value: given?.[key] ?? null }]
  })
}

const shown = z
  .object({ configured: z.boolean(), hint: z.string().nullable() })
  .openapi({ example: { configured: true, hint: '…1234' } })

export const shownSecrets = {
  sinks: z.object({
    discord: z.object({ webhook_url: shown }),
    slack: z.object({ webhook_url: shown }),
    email: z.object({ address: shown }),
  }),
  provider_keys: z.object({
    toss: z.object({ secret_key: shown, client_key: shown }),
    stripe: z.object({ secret_key: shown, publishable_key: shown, webhook_secret: shown }),
    payaction: z.object({ mall_id: shown, api_key: shown, webhook_key: shown }),
  }),
}

/** That they are set, and a hint of each. */
export function secretsJson(hints: readonly SecretHint[]) {
  const show = (name: SecretName) => {
    const hint = hints.find((other) => other.name === name)?.hint ?? null
    return { configured: hint !== null, hint }
  }
  return {
    sinks: {
      discord: { webhook_url: show('discord-webhook') },
      slack: { webhook_url: show('slack-webhook') },
      email: { address: show('notify-email') },
    },
    provider_keys: {
      toss: { secret_key: show('toss-secret-key'), client_key: show('toss-client-key') },
      stripe: {
        secret_key: show('stripe-secret-key'),
        publishable_key: show('stripe-publishable-key'),
        webhook_secret: show('stripe-webhook-secret'),
      },
      payaction: {
        mall_id: show('payaction-mall-id'),
        api_key: show('payaction-api-key'),
        webhook_key: show('payaction-webhook-key'),
      },
    },
  }
}
