import { describe, expect, it } from 'vitest'
import { createHttpMail } from '../../src/providers/mail/http-gateway.ts'
import { createMailGateway, createMemoryMail } from '../../sandbox/mail/mailbox.ts'

const MAIL = { id: 'one', to: 'guest@example.com', subject: '제목', text: '내용\n' }
const options = { url: 'https://gateway.test/mail/send', key: 'the-key', from: 'us@example.com' }

describe('handing a mail in', () => {
  it('posts it as JSON under the key, and a repeat arrives once', async () => {
    const inbox = createMemoryMail()
    const gateway = createMailGateway(inbox, () => 0)
    const seen: Request[] = []
    const mail = createHttpMail({
      ...options,
      fetch: async (request) => {
        seen.push(request.clone())
        return gateway.fetch(request)
      },
    })
    await mail.send(MAIL)
    await mail.send(MAIL)
    expect(seen[0]?.method).toBe('POST')
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer the-key')
    expect(await seen[0]?.json()).toEqual({
      from: 'us@example.com',
      to: MAIL.to,
      subject: MAIL.subject,
      text: MAIL.text,
    })
    expect(inbox.list(10)).toMatchObject([{ to: MAIL.to, text: MAIL.text }])
  })

  it.each([301, 400, 401, 429, 503])('fails at %s, and says nothing of whom to', async (status) => {
    const fetch = () => Promise.resolve(new Response('guest@example.com', { status }))
    const sent = createHttpMail({ ...options, fetch }).send(MAIL)
    await expect(sent).rejects.toThrow(`the mail gateway answered ${status}`)
  })

  it('fails without an answer, whatever was thrown', async () => {
    const fetch = () => Promise.reject(new Error('guest@example.com the-key'))
    const sent = createHttpMail({ ...options, fetch }).send(MAIL)
    await expect(sent).rejects.toThrow(/^the mail gateway did not answer$/)
  })
})

describe("the sandbox's gateway", () => {
  it('asks for a key and for a whole mail', async () => {
    const inbox = createMemoryMail()
    const gateway = createMailGateway(inbox, () => 0)
    const post = (body: unknown, headers: Record<string, string> = {}) =>
      gateway.request('/mail/send', { method: 'POST', headers, body: JSON.stringify(body) })
    expect((await post({})).status).toBe(401)
    expect((await post({ to: 'x' }, { authorization: 'Bearer k' })).status).toBe(400)
    expect(inbox.list(10)).toEqual([])
  })
})
