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

/** What this page shows is nobody's any more: out of sight at once, and all of its memory gone. */
function startOver(): void {
  document.documentElement.hidden = true
  location.reload()
}

/**
 * A session that the browser keeps in a cookie. Access tokens live here, in memory; several who need
 * one at once wait for the same renewal. The cookie is one for all windows: a window whose person has
 * signed out in another, or is somebody else there, starts over.
 */
export class Session {
  readonly as: As
  #token: Token | null = null
  #renewing: Promise<string | null> | null = null
  #ending: Promise<void> | null = null
  member: Member | null = null
  visit: { id: string; table_id: string } | null = null
  /** Told when the server says that the session is over: ended elsewhere, or locked. */
  onOver: (() => void) | null = null

  constructor(as: As) {
    this.as = as
    window.addEventListener('storage', ({ key }) => {
      if (key === null || key === this.#has) this.#compare()
    })
    window.addEventListener('pageshow', ({ persisted }) => {
      if (persisted) this.#compare()
    })
    window.addEventListener('online', () => void this.#ended())
  }

  get #has(): string {
    return `os-has-${this.as}`
  }

  /** That somebody has signed out here, and the server has not heard of it yet. */
  get #ends(): string {
    return `os-ends-${this.as}`
  }

  /** Whether this browser has had one, as far as scripts may know: the cookie itself they cannot see. */
  get mayBeKept(): boolean {
    return recall(this.#has) !== null
  }

  /** A token that is good now; null without a session. */
  async token(): Promise<string | null> {
    await this.#ended()
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
    forget(this.#ends)
    keep(this.#has, member?.id ?? true)
  }

  /** Signs out here at once; the server hears of it now, or as soon as it is reached. */
  async end(): Promise<void> {
    this.forget()
    keep(this.#ends, true)
    await this.#ended()
  }

  forget(): void {
    this.#token = null
    this.member = null
    this.visit = null
    forget(this.#has)
  }

  /** Another window has signed out, or in as somebody else. */
  #compare(): void {
    if (this.member !== null && recall(this.#has) !== this.member.id) startOver()
  }

  #ended(): Promise<void> {
    if (recall(this.#ends) === null) return Promise.resolve()
    this.#ending ??= this.#tellEnd().finally(() => {
      this.#ending = null
    })
    return this.#ending
  }

  async #tellEnd(): Promise<void> {
    const answer = await post('/session/end', this.as).catch(() => null)
    if (answer?.ok === true) forget(this.#ends)
  }

  async #renew(): Promise<string | null> {
    await this.#ended()
    if (recall(this.#ends) !== null) return null
    const answer = await post('/session/resume', this.as)
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
    const shown = this.member?.id ?? given.user?.id
    this.take(given, given.user)
    if (shown !== given.user?.id) {
      startOver()
      throw new Error('somebody else has signed in')
    }
    this.visit = given.visit
    return given.access_token
  }
}

const post = (path: string, as: As): Promise<Response> =>
  fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Accept-Language': locale.value },
    body: JSON.stringify({ as }),
  })

const endOf = ({ expires_in: seconds }: TokenJson): number =>
  Date.now() + Math.max(1_000, seconds * 1000 - MARGIN_MS)
