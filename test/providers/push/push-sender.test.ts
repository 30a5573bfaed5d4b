import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { createPushSender } from '../../../src/providers/push/push-sender.ts'
import { signedHeaders } from '../../../src/providers/push/sign.ts'

const secretOf = (bytes: Uint8Array) => `whsec_${btoa(String.fromCharCode(...bytes))}`
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const PUSH = {
  ...{ id: '01930000-0000-8000-8000-0000000000aa', url: 'https://partner.test/hook' },
  body: '{"type":"NEW_ORDER","data":{"name":"매운 치킨 🌶"}}',
}

/** What arrives at the partner of one push now. */
async function arrivedOf(secrets: readonly string[], now = Date.now()) {
  const requests: Request[] = []
  const sender = createPushSender({
    now: () => now,
    fetch: (request) => {
      requests.push(request)
      return Promise.resolve(new Response(null, { status: 204 }))
    },
  })
  expect(await sender.send({ ...PUSH, secrets })).toMatchObject({ status: 204 })
  const [request] = requests
  const { method, redirect } = request!
  return {
    ...{ method, redirect },
    body: await request!.text(),
    headers: Object.fromEntries(request!.headers),
  }
}

describe('a push, read by the official library of Standard Webhooks', () => {
  it.each([24, 32, 64])('is genuine under a secret of %d bytes', async (length) => {
    const secret = secretOf(random(length))
    const { method, redirect, body, headers } = await arrivedOf([secret])
    expect([method, redirect, headers['webhook-id']]).toEqual(['POST', 'manual', PUSH.id])
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(PUSH.body))
  })

  it('is genuine under either secret while one replaces the other, and under no third', async () => {
    const [next, former, third] = [random(24), random(24), random(24)].map(secretOf) as [
      string,
      string,
      string,
    ]
    const { body, headers } = await arrivedOf([next, former])
    expect(new Webhook(next).verify(body, headers)).toBeTruthy()
    expect(new Webhook(former).verify(body, headers)).toBeTruthy()
    expect(() => new Webhook(third).verify(body, headers)).toThrow()
  })

  it('is none of ours once its body, its id or its time was changed', async () => {
    const secret = secretOf(random(24))
    const { body, headers } = await arrivedOf([secret])
    const webhook = new Webhook(secret)
    expect(() => webhook.verify(`${body} `, headers)).toThrow()
    expect(() => webhook.verify(body, { ...headers, 'webhook-id': 'other' })).toThrow()
    const later = String(Number(headers['webhook-timestamp']) + 1)
    expect(() => webhook.verify(body, { ...headers, 'webhook-timestamp': later })).toThrow()
  })

  it('says the same as the library signs', async () => {
    const secret = secretOf(random(24))
    const at = 1_795_000_000_000
    const ours = await signedHeaders([secret], { id: 'msg_1', body: PUSH.body }, at)
    const theirs = new Webhook(secret).sign('msg_1', new Date(at), PUSH.body)
    expect(ours['webhook-signature']).toBe(theirs)
  })
})

describe('pushing', () => {
  it('calls nobody whose address is not allowed', async () => {
    const sender = createPushSender({
      now: () => 0,
      fetch: () => Promise.reject(new Error('was called')),
    })
    const secrets = [secretOf(random(24))]
    for (const url of ['http://partner.test/', 'https://169.254.169.254/', 'https://10.0.0.1/'])
      expect(await sender.send({ ...PUSH, url, secrets })).toEqual({
        ...{ kind: 'impossible', reason: 'URL_NOT_ALLOWED' },
      })
  })
})
