const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The first refresh token of a log-in: 256 random bits. */
export const firstRefreshToken = (random: (length: number) => Uint8Array): string =>
  toBase64Url(random(32))

/**
 * The token that `presented` is exchanged for. A retry derives the same one, so that nothing but
 * digests is stored; without the server's secret nobody can derive it.
 */
export async function successorOf(linkSecret: string, presented: string): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    utf8(linkSecret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const mac = await crypto.subtle.sign('HMAC', key, utf8(`refresh-successor\n${presented}`))
  return toBase64Url(new Uint8Array(mac))
}

/** What is stored of a refresh token: SHA-256 in hex. */
export const digestOf = async (token: string): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(token))))
