import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Refusal } from '../../../src/domain/refusal.ts'
import { askPasswordReset } from '../../../src/usecases/identity/ask-password-reset.ts'
import { login } from '../../../src/usecases/identity/login.ts'
import { sweepSessions } from '../../../src/usecases/identity/sweep-sessions.ts'
import {
  GOOD_PASSWORD,
  identityWorld,
  newEmail,
  newNetwork,
  registered,
} from '../../support/identity.ts'

const MINUTE = 60_000
type Deps = Awaited<ReturnType<typeof identityWorld>>['deps']

const wrong = async (
  deps: Deps,
  email: string,
  network = newNetwork(),
): Promise<Refusal | null> => {
  const result = await login(deps, { email, password: 'not-my-password' }, network)
  return result.ok ? null : result.refusal
}
const right = (deps: Deps, email: string, network = newNetwork()) =>
  login(deps, { email, password: GOOD_PASSWORD }, network)

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let n = 0; n < count; n += 1) results.push(await work())
  return results
}
const kindsOf = (refusals: readonly (Refusal | null)[]) => refusals.map((refusal) => refusal?.kind)

describe('guessing a password', () => {
  it('is compared ten times for an account, however many try at once', async () => {
    const { deps, world } = await identityWorld()
    const { user } = await registered(deps)
    world.hashed = 0
    const answers = await Promise.all(Array.from({ length: 50 }, () => wrong(deps, user.email)))
    expect(kindsOf(answers).filter((kind) => kind === 'UNAUTHENTICATED')).toHaveLength(10)
    expect(kindsOf(answers).filter((kind) => kind === 'RATE_LIMITED')).toHaveLength(40)
    expect(world.hashed).toBe(10)
  })

  it('says truly when it may go on, to the owner too', async () => {
    const { deps, world } = await identityWorld()
    const { user } = await registered(deps)
    await times(10, () => wrong(deps, user.email))
    world.now += 5 * MINUTE
    expect(await right(deps, user.email)).toEqual({
      ok: false,
      refusal: { kind: 'RATE_LIMITED', retryAfterSeconds: 600 },
    })
    world.now += 600_000 - 1
    expect((await right(deps, user.email)).ok).toBe(false)
    world.now += 1
    expect((await right(deps, user.email)).ok).toBe(true)
  })

  it('does not tell whether the account exists', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps)
    const [known, unknown] = [user.email, newEmail()]
    const asked = async (email: string) => times(12, () => wrong(deps, email))
    expect(await asked(unknown)).toEqual(await asked(known))
  })

  it('counts an e-mail in any case as one account', async () => {
    const { deps } = await identityWorld()
    const email = newEmail()
    await times(10, () => wrong(deps, email.toUpperCase()))
    expect((await wrong(deps, email))?.kind).toBe('RATE_LIMITED')
  })

  it('starts to count anew after a log-in', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps)
    await times(9, () => wrong(deps, user.email))
    expect((await right(deps, user.email)).ok).toBe(true)
    expect(kindsOf(await times(10, () => wrong(deps, user.email)))).not.toContain('RATE_LIMITED')
  })

  it('from one network ends at fifty, whichever accounts it tries', async () => {
    const { deps } = await identityWorld()
    const network = newNetwork()
    const answers = await times(51, () => wrong(deps, newEmail(), network))
    expect(kindsOf(answers).slice(0, 50)).not.toContain('RATE_LIMITED')
    expect(answers[50]?.kind).toBe('RATE_LIMITED')
    const { user } = await registered(deps)
    expect((await right(deps, user.email, network)).ok).toBe(false)
    expect((await right(deps, user.email)).ok).toBe(true)
  })

  it('is not what those do who know theirs: a whole office may log in', async () => {
    const { deps } = await identityWorld()
    const network = newNetwork()
    const { user } = await registered(deps)
    const logins = await times(60, () => right(deps, user.email, network))
    expect(logins.every(({ ok }) => ok)).toBe(true)
  })

  it('leaves nothing that names an account or an address', async () => {
    const { deps } = await identityWorld()
    const [email, network] = [newEmail(), newNetwork()]
    await wrong(deps, email, network)
    const { results } = await env.DB.prepare('SELECT * FROM login_attempts').all()
    expect(results.length).toBeGreaterThan(0)
    expect(JSON.stringify(results)).not.toContain(email)
    expect(JSON.stringify(results)).not.toContain(network)
  })

  it('is forgotten by the sweep once the longest window is over', async () => {
    const { deps, world } = await identityWorld()
    await wrong(deps, newEmail())
    const left = async () => {
      await sweepSessions(deps)
      return env.DB.prepare('SELECT count(*) AS n FROM login_attempts').first<number>('n')
    }
    world.now += 60 * MINUTE
    expect(await left()).toBeGreaterThan(0)
    world.now += 60 * MINUTE
    expect(await left()).toBe(0)
  })
})

describe('asking for links', () => {
  it('is limited alike for addresses with an account and without one', async () => {
    const { deps } = await identityWorld()
    const { user } = await registered(deps)
    for (const email of [user.email, newEmail()]) {
      const ask = () =>
        askPasswordReset(deps, {
          email,
          network: newNetwork(),
          origin: 'https://o.test',
          locale: 'ko',
        })
      const answers = await times(11, ask)
      expect(answers.map(({ ok }) => ok)).toEqual([...Array<boolean>(10).fill(true), false])
    }
    expect((await right(deps, user.email)).ok).toBe(true)
  })
})
