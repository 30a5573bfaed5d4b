export interface PasswordHasher {
  /** scrypt in PHC form. */
  hash(password: string): Promise<string>
  /** `stale` says the parameters have risen since: hash again. */
  verify(password: string, phc: string): Promise<{ matches: boolean; stale: boolean }>
  /** As long as a real check takes, for accounts that do not exist. */
  waste(password: string): Promise<void>
}
