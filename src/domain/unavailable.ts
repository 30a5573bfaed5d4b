/**
 * The platform's database did not answer. Not a refusal and not a bug: the same request may succeed
 * in a moment (503 TEMPORARILY_UNAVAILABLE).
 */
export class StorageUnavailableError extends Error {
  readonly retryAfterSeconds: number

  constructor(cause: unknown, retryAfterSeconds = 2) {
    super('the platform database is unavailable', { cause })
    this.name = 'StorageUnavailableError'
    this.retryAfterSeconds = retryAfterSeconds
  }
}
