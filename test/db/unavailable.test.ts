import { describe, expect, it } from 'vitest'
import { DrizzleQueryError } from 'drizzle-orm/errors'
import { d1Trouble, once, repeatable } from '../../src/db/unavailable.ts'
import { StorageUnavailableError } from '../../src/domain/unavailable.ts'

const lost = () => new DrizzleQueryError('q', [], new Error('D1_ERROR: Network connection lost.'))
const busy = () => new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.')
const atOnce = () => Promise.resolve()

const failing = (error: () => Error, times: number) => {
  const calls = { count: 0 }
  const statement = () => {
    calls.count += 1
    return calls.count <= times ? Promise.reject(error()) : Promise.resolve('done')
  }
  return { calls, statement }
}

describe('trouble with D1', () => {
  it('is told from a statement that was wrong', () => {
    expect(d1Trouble(lost())).toBe('lost')
    expect(d1Trouble(busy())).toBe('busy')
    expect(d1Trouble(new Error('D1_ERROR: internal error'))).toBe('failed')
    expect(d1Trouble(new Error('D1_ERROR: UNIQUE constraint failed: users.email'))).toBeNull()
    expect(d1Trouble('nonsense')).toBeNull()
  })

  it('comes out as one error that says when to come back', async () => {
    const error = await once(() => Promise.reject(lost())).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(StorageUnavailableError)
    expect((error as StorageUnavailableError).retryAfterSeconds).toBeGreaterThan(0)
  })

  it('leaves our own mistakes as they are', async () => {
    const mistake = new Error('D1_ERROR: no such table: people: SQLITE_ERROR')
    await expect(once(() => Promise.reject(mistake))).rejects.toBe(mistake)
    await expect(repeatable(() => Promise.reject(mistake), atOnce)).rejects.toBe(mistake)
  })
})

describe('a statement that failed', () => {
  it('does not tell the values it was given', async () => {
    const cause = new Error('D1_ERROR: UNIQUE constraint failed: users.email')
    const failed = () =>
      Promise.reject(new DrizzleQueryError('insert …', ['kim@example.com'], cause))
    await expect(once(failed)).rejects.toBe(cause)
    await expect(repeatable(failed, atOnce)).rejects.toBe(cause)
    const gone = () => Promise.reject(new DrizzleQueryError('…', ['kim@example.com'], lost()))
    const error = await once(gone).catch((thrown: unknown) => thrown as Error)
    expect(JSON.stringify([error.message, (error.cause as Error).message])).not.toContain('kim')
  })
})

describe('repeating an idempotent write', () => {
  it('tries three times in all while the connection is lost', async () => {
    const twice = failing(lost, 2)
    expect(await repeatable(twice.statement, atOnce)).toBe('done')
    const always = failing(lost, 9)
    await expect(repeatable(always.statement, atOnce)).rejects.toBeInstanceOf(
      StorageUnavailableError,
    )
    expect(always.calls.count).toBe(3)
  })

  it('does not ask an overloaded database again', async () => {
    const { calls, statement } = failing(busy, 9)
    await expect(repeatable(statement, atOnce)).rejects.toBeInstanceOf(StorageUnavailableError)
    expect(calls.count).toBe(1)
  })
})
