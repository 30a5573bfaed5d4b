import type { SettingRepository } from '../../db/repositories/setting-ports.ts'
import {
  PLATFORM_DEFAULTS,
  type PlatformSettings,
} from '../../domain/settings/platform-settings.ts'
import { settingsFrom } from '../../domain/settings/setting-rules.ts'
import { StorageUnavailableError } from '../../domain/unavailable.ts'
import type { Deps } from '../deps.ts'

/** How long a change may take to be heard of everywhere. */
const REMEMBERED_MS = 30_000
/** A database that is down is asked again no sooner. */
const ASK_AGAIN_MS = 5_000

export interface SettingsReader {
  /** As they stood at most half a minute ago; while the database is down, as they were last known. */
  read(): Promise<PlatformSettings>
  /** The same where a default may allow more than the platform does: rejects where they were never known. */
  known(): Promise<PlatformSettings>
  /** One was changed here: they are read anew. */
  forget(): void
}

type ReaderParts = Pick<Deps, 'now' | 'log'> & { stored: SettingRepository['stored'] }

/** What an isolate remembers of the platform's settings. */
export class RememberedSettings implements SettingsReader {
  readonly #parts: ReaderParts
  #lastRead: PlatformSettings | null = null
  #until = 0
  #forgotten = 0

  constructor(parts: ReaderParts) {
    this.#parts = parts
  }

  async read(): Promise<PlatformSettings> {
    const now = this.#parts.now()
    if (now >= this.#until) await this.#readAnew(now)
    return this.#lastRead ?? PLATFORM_DEFAULTS
  }

  async known(): Promise<PlatformSettings> {
    await this.read()
    if (this.#lastRead !== null) return this.#lastRead
    throw new StorageUnavailableError(new Error('the settings were never read'))
  }

  forget(): void {
    this.#until = 0
    this.#forgotten += 1
  }

  async #readAnew(now: number): Promise<void> {
    const { log, stored } = this.#parts
    const forgotten = this.#forgotten
    try {
      const { settings, unusable } = settingsFrom(await stored())
      for (const name of unusable) log({ level: 'error', kind: 'setting-unusable', name })
      this.#lastRead = settings
      // What was asked before a change may not know of it.
      if (forgotten === this.#forgotten) this.#until = now + REMEMBERED_MS
    } catch (error) {
      if (!(error instanceof StorageUnavailableError)) throw error
      log({ level: 'warn', kind: 'settings-not-read', known: this.#lastRead !== null })
      this.#until = now + ASK_AGAIN_MS
    }
  }
}
