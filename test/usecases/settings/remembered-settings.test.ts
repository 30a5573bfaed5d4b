import { describe, expect, it } from 'vitest'
import { PLATFORM_DEFAULTS } from '../../../src/domain/settings/platform-settings.ts'
import { StorageUnavailableError } from '../../../src/domain/unavailable.ts'
import type { LogLine } from '../../../src/runtime.ts'
import { RememberedSettings } from '../../../src/usecases/settings/remembered-settings.ts'

function isolate() {
  const world = { now: 1_000_000, days: 30, down: false, asked: 0, logged: [] as LogLine[] }
  const settings = new RememberedSettings({
    now: () => world.now,
    log: (line) => world.logged.push(line),
    stored: () => {
      world.asked += 1
      if (world.down) return Promise.reject(new StorageUnavailableError(new Error('down')))
      const value = String(world.days)
      const rest = { version: 1, changeId: 'c', changedAt: 0 }
      return Promise.resolve([{ name: 'refund_max_age_days', value, ...rest }])
    },
  })
  const days = async () => (await settings.read()).refundMaxAgeDays
  return { world, settings, days }
}

describe('settings as an isolate knows them', () => {
  it('are asked for once in half a minute, and never older', async () => {
    const { world, days } = isolate()
    expect(await days()).toBe(30)
    world.days = 31
    world.now += 29_999
    expect(await days()).toBe(30)
    expect(world.asked).toBe(1)
    world.now += 1
    expect(await days()).toBe(31)
    expect(world.asked).toBe(2)
  })

  it('are read anew where one was changed', async () => {
    const { world, settings, days } = isolate()
    expect(await days()).toBe(30)
    world.days = 31
    settings.forget()
    expect(await days()).toBe(31)
  })

  it('stay as they were last known while the database is down, which is not asked on every call', async () => {
    const { world, days } = isolate()
    expect(await days()).toBe(30)
    world.down = true
    world.now += 60_000
    expect(await days()).toBe(30)
    world.now += 4_999
    expect(await days()).toBe(30)
    expect(world.asked).toBe(2)
    expect(world.logged).toEqual([{ level: 'warn', kind: 'settings-not-read', known: true }])
    world.down = false
    world.days = 31
    world.now += 1
    expect(await days()).toBe(31)
  })

  it('are the defaults where they were never known', async () => {
    const { world, settings } = isolate()
    world.down = true
    expect(await settings.read()).toEqual(PLATFORM_DEFAULTS)
    expect(world.logged).toEqual([{ level: 'warn', kind: 'settings-not-read', known: false }])
  })

  it('are no defaults for what they limit: never known, they are not there', async () => {
    const { world, settings } = isolate()
    world.down = true
    await expect(settings.known()).rejects.toThrow(StorageUnavailableError)
    world.down = false
    world.now += 5_000
    expect((await settings.known()).refundMaxAgeDays).toBe(30)
    world.down = true
    world.now += 60_000
    expect((await settings.known()).refundMaxAgeDays).toBe(30)
  })

  it('are read anew after a change also by who was just reading', async () => {
    const { world, settings, days } = isolate()
    const reading = days()
    settings.forget()
    await reading
    world.days = 31
    expect(await days()).toBe(31)
  })

  it('say which stored value cannot be used, and keep its default', async () => {
    const { world, days } = isolate()
    world.days = 9_999
    expect(await days()).toBe(PLATFORM_DEFAULTS.refundMaxAgeDays)
    expect(world.logged).toEqual([
      { level: 'error', kind: 'setting-unusable', name: 'refund_max_age_days' },
    ])
  })

  it('hide no fault of the code behind defaults', async () => {
    const settings = new RememberedSettings({
      now: () => 0,
      log: () => undefined,
      stored: () => Promise.reject(new Error('no such column')),
    })
    await expect(settings.read()).rejects.toThrow('no such column')
  })
})
