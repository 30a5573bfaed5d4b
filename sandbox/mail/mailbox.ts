import { Hono } from 'hono'
import { z } from 'zod'

export interface SandboxMail {
  at: string
  from: string
  to: string
  subject: string
  text: string
}

export interface MailStore {
  /** Keeps the mail; a key that was seen before changes nothing. */
  add(key: string | null, mail: SandboxMail): void
  /** Newest first. */
  list(limit: number): SandboxMail[]
}

const mailBody = z.object({
  from: z.string().min(1),
  to: z.string().min(1),
  subject: z.string(),
  text: z.string(),
})

/** An e-mail gateway, played: `POST /mail/send` under any bearer key takes a mail into the inbox. */
export const createMailGateway = (store: MailStore, now: () => number) =>
  new Hono().post('/mail/send', async (c) => {
    if (!/^Bearer \S+$/.test(c.req.header('authorization') ?? ''))
      return c.json({ error: 'a bearer key is needed' }, 401)
    const mail = mailBody.safeParse(await c.req.json().catch(() => null))
    if (!mail.success) return c.json({ error: z.prettifyError(mail.error) }, 400)
    const at = new Date(now()).toISOString()
    store.add(c.req.header('idempotency-key') ?? null, { at, ...mail.data })
    return c.json({ taken: true }, 202)
  })

/** For tests in one isolate. */
export function createMemoryMail(): MailStore {
  const seen = new Set<string>()
  const mails: SandboxMail[] = []
  return {
    add(key, mail) {
      if (key !== null && seen.has(key)) return
      if (key !== null) seen.add(key)
      mails.unshift(mail)
    },
    list: (limit) => mails.slice(0, limit),
  }
}
