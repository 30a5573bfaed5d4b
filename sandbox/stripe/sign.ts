/** The secret that an account's webhooks are signed with, at the sandbox. */
export const webhookSecretOf = (account: string): string => `whsec_${account}`

/** `Stripe-Signature` over the text as sent (docs.stripe.com/webhooks/signature). */
export async function signatureOf(body: string, secret: string, nowMs: number): Promise<string> {
  const timestamp = Math.floor(nowMs / 1_000)
  const text = new TextEncoder()
  const key = await crypto.subtle.importKey(
    'raw',
    text.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const digest = await crypto.subtle.sign('HMAC', key, text.encode(`${timestamp}.${body}`))
  const hex = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0'))
  return `t=${timestamp},v1=${hex.join('')}`
}
