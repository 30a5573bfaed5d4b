const MAX_CHARS = 500

/** Why events may not be pushed to an address; null = they may. */
export type PushUrlProblem = 'invalid_url' | 'needs_https' | 'credentials' | 'port' | 'private_host'

/**
 * Whether an address may be pushed to: https on its own port, no account in it, no host that is only
 * known inside a network. `localOrigin`: development's, which passes as it is.
 */
export function pushUrlProblem(
  address: string,
  localOrigin: string | undefined,
): PushUrlProblem | null {
  if (address.length > MAX_CHARS || !URL.canParse(address)) return 'invalid_url'
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return 'credentials'
  if (url.hash !== '') return 'invalid_url'
  if (localOrigin !== undefined && url.origin === new URL(localOrigin).origin) return null
  if (url.protocol !== 'https:') return 'needs_https'
  if (url.port !== '') return 'port'
  return isPublicHost(url.hostname) ? null : 'private_host'
}

/** Names that no public server answers to (RFC 6761, 6762, 8375 and what routers call themselves). */
const INSIDE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa)$/

function isPublicHost(hostname: string): boolean {
  // A parsed URL has every way of writing an IPv4 address as four decimals, and IPv6 in brackets.
  const name = hostname.replace(/\.$/, '')
  if (name.startsWith('[')) return isPublicIpv6(name.slice(1, -1))
  const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(name)?.slice(1).map(Number)
  if (parts !== undefined) return isPublicIpv4(parts)
  return name.includes('.') && !INSIDE.test(name)
}

/** By the registry of special-purpose addresses (iana.org/assignments/iana-ipv4-special-registry). */
function isPublicIpv4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if (a === 100) return b < 64 || b > 127
  if (a === 169) return b !== 254
  if (a === 172) return b < 16 || b > 31
  if (a === 192) return b !== 168 && !(b === 0 && (c === 0 || c === 2)) && !(b === 88 && c === 99)
  if (a === 198) return b !== 18 && b !== 19 && !(b === 51 && c === 100)
  return !(a === 203 && b === 0 && c === 113)
}

/** Global unicast alone, of which what carries IPv4 inside (6to4, Teredo) and documentation is left out. */
const isPublicIpv6 = (address: string): boolean =>
  /^[23][0-9a-f]{3}:/.test(address) &&
  !/^2002:/.test(address) &&
  !/^2001:(?:[0-9a-f]{1,2}|1[0-9a-f]{2})?:/.test(address) &&
  !/^2001:db8:/.test(address)
