import { locale } from './i18n.ts'
import { forget, keep, recall } from './kept.ts'

export type As = 'guest' | 'member'

export interface Member {
  id: string
  email: string
  name: string
  role: string
}

interface Token {
  text: string
  /** By this device's clock, in ms; a little before the server's. */
  endsAt: number
}

interface TokenJson {
  access_token: string
  expires_in: number
}

/** Renewed this long before it runs out. */
const MARGIN_MS = 20_000

/**
 * A session that the browser keeps in a cookie. Access tokens live here, in memory; several who need
 * one at once wait for the same renewal.
 */
export class Session {
  readonly as: As
  #token: Token | null = null
  #renewing: Promise<string | null> | null = null
  member: Member | null = null
  visit: { id: string; table_id: string } | null = null
  /** Told when the server says that the session is over: ended elsewhere, or locked. */
  onOver: (() => void) | null = null

  constructor(as: As) {
    this.as = as
  }

  /** Whether this browser has had one, as far as scripts may know: the cookie itself they cannot see. */
  get mayBeKept(): boolean {
    return recall(`os-has-${this.as}`) === true
  }

  /** A token that is good now; null without a session. */
  async token(): Promise<string | null> {
    const token = this.#token
    if (token !== null && token.endsAt > Date.now()) return token.text
    return this.mayBeKept ? this.renewed() : null
  }

  /** Asks the server for the session's next token. A network that fails throws. */
  renewed(): Promise<string | null> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null
    })
    return this.#renewing
  }

  /** Takes over what a log-in or a scan has answered. */
  take(given: TokenJson, member: Member | null = null): void {
    this.#token = { text: given.access_token, endsAt: endOf(given) }
    this.member = member
    keep(`os-has-${this.as}`, true)
  }

  forget(): void {
    this.#token = null
    this.member = null
    this.visit = null
    forget(`os-has-${this.as}`)
  }

  async #renew(): Promise<string | null> {
    const answer = await fetch('/session/resume', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': locale.value },
      body: JSON.stringify({ as: this.as }),
    })
    if (answer.status === 401 || answer.status === 409) {
      this.forget()
      this.onOver?.()
      return null
    }
    if (!answer.ok) throw new Error(`the session was not resumed: ${answer.status}`)
    const given = (await answer.json()) as TokenJson & {
      user: Member | null
      visit: Session['visit']
    }
    this.take(given, given.user)
    this.visit = given.visit
    return given.access_token
  }
}

const endOf = ({ expires_in: seconds }: TokenJson): number =>
  Date.now() + Math.max(1_000, seconds * 1000 - MARGIN_MS)
