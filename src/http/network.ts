/**
 * The network a caller's address belongs to (IPv4 /24, IPv6 /48): enough to see a pattern in the
 * logs, too little to single out a person. Null for anything that is not an address.
 */
export function networkOf(ip: string | undefined): string | null {
  if (ip === undefined) return null
  const v4 = /^(?:::ffff:)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/i.exec(ip)
  if (v4?.[1] !== undefined) return `${v4[1]}.0/24`
  if (!/^[0-9a-f:]+$/i.test(ip) || !ip.includes(':')) return null
  const [head = '', tail] = ip.toLowerCase().split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right]
  return `${groups.slice(0, 3).join(':')}::/48`
}
