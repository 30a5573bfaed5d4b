import { bytesToHex } from '@noble/hashes/utils.js'

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** 256 random bits to show once: the first refresh token of a log-in, a partner's secret. */
export const randomSecret = (random: (length: number) => Uint8Array): string =>
  toBase64Url(random(32))

/** The newest secret's key; the deployment has one. */
let imported: { linkSecret: string; key: CryptoKey } | null = null

async function keyOf(linkSecret: string): Promise<CryptoKey> {
  if (imported?.linkSecret === linkSecret) return imported.key
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', utf8(linkSecret), algorithm, false, ['sign'])
  imported = { linkSecret, key }
  return key
}

/** HMAC-SHA256 of the text under the server's secret; `purpose` keeps the uses apart. */
export async function derivedSecret(
  linkSecret: string,
  purpose: string,
  text: string,
): Promise<string> {
  const mac = await crypto.subtle.sign('HMAC', await keyOf(linkSecret), utf8(`${purpose}\n${text}`))
  return toBase64Url(new Uint8Array(mac))
}

/**
 * The token that `presented` is exchanged for. A retry derives the same one, so that nothing but
 * digests is stored; without the server's secret nobody can derive it.
 */
export const successorOf = (linkSecret: string, presented: string): Promise<string> =>
  derivedSecret(linkSecret, 'refresh-successor', presented)

/** The token of a password link. Only the id travels through the queue, and only a digest is stored. */
export const resetTokenOf = (linkSecret: string, resetId: string): Promise<string> =>
  derivedSecret(linkSecret, 'password-reset', resetId)

/** What is stored of a random secret: SHA-256 in hex. */
export const digestOf = async (token: string): Promise<string> =>
  bytesToHex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(token))))
