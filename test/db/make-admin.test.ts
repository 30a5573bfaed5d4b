import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { makeAdmin } from '../../scripts/lib/make-admin.ts'
import { createAuditTrail } from '../../src/db/repositories/audit.ts'
import { createUserRepository } from '../../src/db/repositories/users.ts'
import { newEmail } from '../support/identity.ts'

const users = createUserRepository(env.DB)
const audit = createAuditTrail(env.DB)
const ANY = { actorId: null, action: null, subject: null, restaurantId: null, from: null, to: null }

async function account(email = newEmail()) {
  const id = crypto.randomUUID()
  const more = { name: '김민수', role: 'CUSTOMER' as const, passwordHash: '', createdAt: 1 }
  await users.insert({ id, email, ...more })
  return { id, email }
}
const run = async (email: string) => {
  for (const statement of makeAdmin(email).split('; ')) await env.DB.prepare(statement).run()
}
const linesOf = (id: string) => audit.page({ ...ANY, subjectId: id }, { limit: 10, beforeId: null })

describe('making an administrator in the database', () => {
  it('does so once, and says so in the audit trail', async () => {
    const { id, email } = await account()
    const other = await account()
    await run(email.toUpperCase())
    await run(email)
    expect((await users.byId(id))?.role).toBe('ADMIN')
    expect((await users.byId(other.id))?.role).toBe('CUSTOMER')
    expect(await linesOf(id)).toMatchObject([
      {
        action: 'user-role-changed',
        actorRole: 'SYSTEM',
        changes: { role: { from: 'CUSTOMER', to: 'ADMIN' } },
      },
    ])
  })

  it('takes an e-mail for nothing else', async () => {
    const odd = `o'neill' or '1'='1.${crypto.randomUUID()}@example.com`
    const { id } = await account(odd)
    const other = await account()
    await run(odd)
    expect((await users.byId(id))?.role).toBe('ADMIN')
    expect((await users.byId(other.id))?.role).toBe('CUSTOMER')
  })

  it('does nothing for nobody', async () => {
    const before = await audit.page({ ...ANY, subjectId: null }, { limit: 100, beforeId: null })
    await run('nobody@example.com')
    const after = await audit.page({ ...ANY, subjectId: null }, { limit: 100, beforeId: null })
    expect(after).toEqual(before)
  })
})
