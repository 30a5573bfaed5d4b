import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { askPasswordReset } from '../../../src/usecases/identity/ask-password-reset.ts'
import { authenticate } from '../../../src/usecases/identity/authenticate.ts'
import { changePassword } from '../../../src/usecases/identity/change-password.ts'
import { login } from '../../../src/usecases/identity/login.ts'
import { mailResetLink } from '../../../src/usecases/identity/mail-reset-link.ts'
import { refresh } from '../../../src/usecases/identity/refresh.ts'
import { resetPassword } from '../../../src/usecases/identity/reset-password.ts'
import type { Mail } from '../../../src/providers/mail-port.ts'
import type { QueueMessage } from '../../../src/queues/messages.ts'
import {
  actorOf,
  GOOD_PASSWORD,
  identityWorld,
  newEmail,
  newNetwork,
  openRestaurant,
  registered,
} from '../../support/identity.ts'

const NEW = 'river-mango-42'
const ENDED = { ok: false, refusal: { kind: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' } }
const SPENT = {
  ok: false,
  refusal: { kind: 'INVALID', errors: [{ field: 'token', reason: 'used_or_expired' }] },
}
const MINUTE = 60_000

type World = Awaited<ReturnType<typeof identityWorld>>

const again = async ({ deps }: World, email: string, password = GOOD_PASSWORD) => {
  const result = await login(deps, { email, password }, newNetwork())
  if (!result.ok) throw new Error(`refused: ${result.refusal.kind}`)
  return result.value
}

const change = async ({ deps }: World, token: string, more: Record<string, string> = {}) =>
  changePassword(deps, {
    actor: await actorOf(deps, token),
    currentPassword: GOOD_PASSWORD,
    newPassword: NEW,
    network: newNetwork(),
    ...more,
  })

const asked = ({ deps }: World, email: string) =>
  askPasswordReset(deps, {
    email,
    network: newNetwork(),
    origin: 'https://ordersync.test',
    locale: 'en',
  })

type MailMessage = Extract<QueueMessage, { kind: 'mail' }>
const tokenIn = (mail: Mail | undefined): string => /#(\S+)/.exec(mail?.text ?? '')?.[1] ?? ''

/** Asked, and the queue has done its work: what the newest mail carries. */
async function linkFor(world: World, email: string): Promise<string> {
  await asked(world, email)
  await mailResetLink(world.deps, world.world.sent.at(-1) as MailMessage)
  return tokenIn(world.world.mailed.at(-1))
}

describe('changing the password', () => {
  it('ends every other session and leaves this one', async () => {
    const world = await identityWorld()
    const { deps } = world
    const here = await registered(deps)
    const there = await again(world, here.user.email)
    expect(await change(world, here.accessToken)).toEqual({ ok: true, value: null })
    expect((await authenticate(deps, here.accessToken)).ok).toBe(true)
    expect((await refresh(deps, { refreshToken: here.refreshToken })).ok).toBe(true)
    expect(await authenticate(deps, there.accessToken)).toEqual(ENDED)
    expect(await refresh(deps, { refreshToken: there.refreshToken })).toEqual(ENDED)
    const old = { email: here.user.email, password: GOOD_PASSWORD }
    expect((await login(deps, old, newNetwork())).ok).toBe(false)
    await again(world, here.user.email, NEW)
  })

  it('tells the restaurants where the other sessions work, and nobody of this one', async () => {
    const world = await identityWorld()
    const { deps } = world
    const here = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, here.user.id)
    const there = await actorOf(deps, (await again(world, here.user.email)).accessToken)
    await change(world, here.accessToken)
    expect(world.world.told).toMatchObject([
      { to: restaurantId, command: { type: 'end-session', sessionId: there.sessionId } },
    ])
    expect(await deps.sessions.pendingRevocations(100)).toEqual([])
  })

  it('leaves what an object could not be told to the cron', async () => {
    const world = await identityWorld()
    const { deps } = world
    const here = await registered(deps, 'OWNER')
    const restaurantId = await openRestaurant(deps, here.user.id)
    await again(world, here.user.email)
    world.world.answer = () => Promise.reject(new Error('away'))
    expect((await change(world, here.accessToken)).ok).toBe(true)
    expect(await deps.sessions.pendingRevocations(100)).toMatchObject([{ restaurantId }])
  })

  it('asks for the present one, and counts wrong ones as log-ins are counted', async () => {
    const world = await identityWorld()
    const { accessToken, user } = await registered(world.deps)
    const guess = () => change(world, accessToken, { currentPassword: 'a-wrong-guess' })
    for (let n = 0; n < 10; n += 1)
      expect(await guess()).toMatchObject({
        refusal: { errors: [{ field: 'current_password', reason: 'wrong' }] },
      })
    expect(await guess()).toMatchObject({ refusal: { kind: 'RATE_LIMITED' } })
    const right = { email: user.email, password: GOOD_PASSWORD }
    expect((await login(world.deps, right, newNetwork())).ok).toBe(false)
  })

  it('refuses a new one that is easily guessed', async () => {
    const world = await identityWorld()
    const { accessToken } = await registered(world.deps)
    expect(await change(world, accessToken, { newPassword: 'password123' })).toMatchObject({
      refusal: { errors: [{ field: 'new_password', reason: 'common' }] },
    })
  })

  it('happens once when two ask at the same moment', async () => {
    const world = await identityWorld()
    const { accessToken, user } = await registered(world.deps)
    const results = await Promise.all(
      [NEW, 'another-mango-43'].map((newPassword) => change(world, accessToken, { newPassword })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    await again(world, user.email, results[0]?.ok ? NEW : 'another-mango-43')
  })

  it('makes links that were sent before worthless', async () => {
    const world = await identityWorld()
    const { accessToken, user } = await registered(world.deps)
    const token = await linkFor(world, user.email)
    await change(world, accessToken)
    expect(await resetPassword(world.deps, { token, newPassword: NEW })).toEqual(SPENT)
  })
})

describe('forgetting the password', () => {
  it('gets the same answer after the same work whether or not there is an account', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const work: string[][] = []
    for (const email of [user.email, newEmail()]) {
      const calls: string[] = []
      const deps = spied(world.deps, calls)
      world.world.sent.length = 0
      expect(await asked({ ...world, deps }, email)).toEqual({ ok: true, value: null })
      expect(world.world.sent).toMatchObject([{ kind: 'mail', mail: 'password-reset' }])
      work.push(calls)
    }
    expect(work[0]).toEqual(['attempts.take', 'passwordChanges.noteLink', 'send'])
    expect(work[1]).toEqual(work[0])
  })

  it('puts neither address nor token into the queue, and stores a digest alone', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const token = await linkFor(world, user.email)
    expect(token.length).toBeGreaterThan(40)
    const queued = JSON.stringify(world.world.sent)
    const { results } = await env.DB.prepare('SELECT * FROM password_resets').all()
    for (const kept of [queued, JSON.stringify(results), JSON.stringify(world.world.logged)]) {
      expect(kept).not.toContain(token)
      expect(kept).not.toContain(user.email)
    }
  })

  it('writes to the account alone, in the language asked in', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    await linkFor(world, user.email.toUpperCase())
    expect(world.world.mailed).toMatchObject([{ to: user.email, subject: 'Choose a new password' }])
    expect(world.world.mailed[0]?.text).toContain('https://ordersync.test/password/reset#')
    await asked(world, newEmail())
    await mailResetLink(world.deps, world.world.sent.at(-1) as MailMessage)
    expect(world.world.mailed).toHaveLength(1)
  })

  it('sends nothing when a newer link was asked for before the queue came to it', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    await asked(world, user.email)
    await asked(world, user.email)
    for (const message of world.world.sent) await mailResetLink(world.deps, message as MailMessage)
    expect(world.world.mailed).toHaveLength(1)
  })

  it('fails the job when the gateway does, so that it comes back', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    await asked(world, user.email)
    const deps = { ...world.deps, mail: { send: () => Promise.reject(new Error('answered 503')) } }
    const message = world.world.sent.at(-1) as MailMessage
    await expect(mailResetLink(deps, message)).rejects.toThrow('answered 503')
    await mailResetLink(world.deps, message)
    expect(world.world.mailed).toHaveLength(1)
  })

  it('answers the same where no gateway is set up, and says so in the log without an address', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const deps = { ...world.deps, mail: null }
    expect(await asked({ ...world, deps }, user.email)).toEqual({ ok: true, value: null })
    expect(world.world.logged).toEqual([{ level: 'error', kind: 'mail-not-set-up' }])
    expect(world.world.sent).toEqual([])
  })
})

describe('a link that sets a new password', () => {
  it('ends every session, and works', async () => {
    const world = await identityWorld()
    const { deps } = world
    const { user, accessToken } = await registered(deps)
    const there = await again(world, user.email)
    const token = await linkFor(world, user.email)
    expect(await resetPassword(deps, { token, newPassword: NEW })).toEqual({
      ok: true,
      value: null,
    })
    for (const ended of [accessToken, there.accessToken])
      expect(await authenticate(deps, ended)).toEqual(ENDED)
    await again(world, user.email, NEW)
  })

  it('works once, also when a hundred use it at the same moment', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const token = await linkFor(world, user.email)
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        resetPassword(world.deps, { token, newPassword: `${NEW}-${n}` }),
      ),
    )
    const won = results.flatMap(({ ok }, n) => (ok ? [n] : []))
    expect(won).toHaveLength(1)
    await again(world, user.email, `${NEW}-${won[0]}`)
    expect(await resetPassword(world.deps, { token, newPassword: NEW })).toEqual(SPENT)
  })

  it('is void once a newer one was asked for, and after thirty minutes', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const older = await linkFor(world, user.email)
    const newer = await linkFor(world, user.email)
    expect(await resetPassword(world.deps, { token: older, newPassword: NEW })).toEqual(SPENT)
    world.world.now += 30 * MINUTE
    expect(await resetPassword(world.deps, { token: newer, newPassword: NEW })).toEqual(SPENT)
    expect(await resetPassword(world.deps, { token: 'guess', newPassword: NEW })).toEqual(SPENT)
  })

  it('is not used up by a password that is refused', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const token = await linkFor(world, user.email)
    const weak = await resetPassword(world.deps, { token, newPassword: 'short' })
    expect(weak).toMatchObject({ refusal: { errors: [{ field: 'new_password' }] } })
    expect((await resetPassword(world.deps, { token, newPassword: NEW })).ok).toBe(true)
  })

  it('lets an owner in again whom others had locked out by guessing', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    for (let n = 0; n < 11; n += 1)
      await login(world.deps, { email: user.email, password: 'guess' }, newNetwork())
    const token = await linkFor(world, user.email)
    await resetPassword(world.deps, { token, newPassword: NEW })
    await again(world, user.email, NEW)
  })

  it('also ends a session that began with the old password while it was used', async () => {
    const world = await identityWorld()
    const { user } = await registered(world.deps)
    const token = await linkFor(world, user.email)
    const { passwords } = world.deps
    const deps = {
      ...world.deps,
      passwords: {
        ...passwords,
        verify: async (password: string, phc: string) => {
          const checked = await passwords.verify(password, phc)
          await resetPassword(world.deps, { token, newPassword: NEW })
          return checked
        },
      },
    }
    const result = await login(deps, { email: user.email, password: GOOD_PASSWORD }, newNetwork())
    expect(result).toMatchObject({ ok: false })
    expect(await world.deps.sessions.openOf(user.id, world.world.now)).toEqual([])
  })
})

/** The same parts, noting every call that costs time. */
function spied(deps: World['deps'], calls: string[]): World['deps'] {
  const noting = <T extends object>(name: string, part: T): T =>
    new Proxy(part, {
      get(target, property) {
        const member: unknown = Reflect.get(target, property)
        if (typeof member !== 'function') return member
        return (...all: unknown[]): unknown => {
          calls.push(`${name}.${String(property)}`)
          return Reflect.apply(member, target, all)
        }
      },
    })
  return {
    ...deps,
    users: noting('users', deps.users),
    attempts: noting('attempts', deps.attempts),
    passwordChanges: noting('passwordChanges', deps.passwordChanges),
    passwords: noting('passwords', deps.passwords),
    send: (message) => {
      calls.push('send')
      return deps.send(message)
    },
  }
}
