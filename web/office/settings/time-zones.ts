/** Where the list of the browser's own is missing (old ones), these; any other may be typed. */
const COMMON = [
  'Asia/Seoul',
  'Asia/Tokyo',
  'America/Los_Angeles',
  'America/Denver',
  'America/Chicago',
  'America/New_York',
  'America/Anchorage',
  'Pacific/Honolulu',
] as const

interface Listing {
  supportedValuesOf?: (key: 'timeZone') => string[]
}

/** Names of time zones to choose from. */
export function timeZones(intl: Listing = Intl): readonly string[] {
  return intl.supportedValuesOf?.('timeZone') ?? COMMON
}
