import type { Credential } from '../usecases/identity/authenticate.ts'

interface WithHeaders {
  req: { header(name: string): string | undefined }
}
interface Asking extends WithHeaders {
  req: WithHeaders['req'] & { query(name: string): string | undefined }
}

/** The protocol that the answer to an upgrade names, where a client offers it. */
const PROTOCOL = 'ordersync'
const BEARER = 'bearer.'

/** The token of the `Authorization` header; null without one. */
export function bearerOf(c: WithHeaders): string | null {
  const [, token] = /^Bearer +(\S+)\s*$/i.exec(c.req.header('authorization') ?? '') ?? []
  return token ?? null
}

/**
 * Id and secret of Basic authentication, each form-encoded first (RFC 6749 §2.3.1); null without it.
 * What cannot be read is the empty pair, which nobody has.
 */
export function basicOf(c: WithHeaders): readonly [id: string, secret: string] | null {
  const [, sent] = /^Basic +(\S+)\s*$/i.exec(c.req.header('authorization') ?? '') ?? []
  if (sent === undefined) return null
  try {
    const [id = '', ...rest] = atob(sent).split(':')
    return [formText(id), formText(rest.join(':'))]
  } catch {
    return ['', '']
  }
}

const formText = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** What is presented on an ordinary request: an access token in the header. */
export function headerCredentialOf(c: WithHeaders): Credential | null {
  const token = bearerOf(c)
  return token === null ? null : { kind: 'access', token }
}

/** Whether the call says that it is signed instead of carrying a token. */
export const isSigned = (c: WithHeaders): boolean =>
  c.req.header('x-signature') !== undefined && bearerOf(c) === null

/**
 * What is presented with a socket's upgrade: the header, or what browsers can send instead, since they
 * set no headers on a socket: the subprotocol `bearer.<token>`, or `?ticket=`.
 */
export function socketCredentialOf(c: Asking): Credential | null {
  const inProtocol = offeredProtocols(c).find((protocol) => protocol.startsWith(BEARER))
  if (bearerOf(c) !== null || inProtocol === undefined)
    return headerCredentialOf(c) ?? ticketOf(c.req.query('ticket'))
  return { kind: 'access', token: inProtocol.slice(BEARER.length) }
}

const ticketOf = (token: string | undefined): Credential | null =>
  token === undefined ? null : { kind: 'ticket', token }

/** RFC 6455 §4.2.2: the answer names one of the offered protocols, or none. */
export function protocolFor(c: Asking): string | null {
  const offered = offeredProtocols(c)
  if (offered.includes(PROTOCOL)) return PROTOCOL
  return offered.find((protocol) => protocol.startsWith(BEARER)) ?? null
}

const offeredProtocols = (c: Asking): string[] =>
  (c.req.header('sec-websocket-protocol') ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '')
