/**
 * The network a caller's address belongs to (IPv4 /24, IPv6 /48): enough to see a pattern in the
 * logs, too little to single out a person. Null for anything that is not an address.
 */
export function networkOf(ip: string): string | null {
  const v4 = ipv4Of(ip)
  if (v4 !== null) return `${v4.slice(0, v4.lastIndexOf('.'))}.0/24`
  const groups = ipv6Groups(ip)
  return groups && `${groups.slice(0, 3).join(':')}::/48`
}

/** What one subscriber has, so that limits count it as one: an IPv4 address, an IPv6 /64. */
export function subscriberOf(ip: string): string {
  const groups = ipv6Groups(ip)
  return ipv4Of(ip) ?? (groups ? `${groups.slice(0, 4).join(':')}::/64` : ip)
}

const ipv4Of = (ip: string): string | null =>
  /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip)?.[1] ?? null

function ipv6Groups(ip: string): string[] | null {
  if (!/^[0-9a-f:]+$/i.test(ip) || !ip.includes(':')) return null
  const [head = '', tail] = ip.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return groups.map((group) => group.replace(/^0+(?=.)/, ''))
}
