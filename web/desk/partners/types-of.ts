/** What partners may be told of. */
export const TYPES = [
  'NEW_ORDER',
  'STATUS_CHANGED',
  'PAYMENT_COMPLETED',
  'PAYMENT_CHANGED',
  'REFUND_CHANGED',
  'MENU_CHANGED',
  'SOLD_OUT',
  'STOCK_LOW',
  'STOCK_ENOUGH',
  'RESTAURANT_CHANGED',
  'COUPON_CHANGED',
] as const
export type FeedType = (typeof TYPES)[number]

export const isType = (text: string): text is FeedType => TYPES.some((one) => one === text)

/** How long a key before may live on, in seconds. */
export const OVERLAPS = [0, 3_600, 86_400, 3 * 86_400, 7 * 86_400] as const

/** As a form offers it: at once, hours, or days. */
export function overlapText(
  seconds: number,
  words: (word: 'atOnce' | 'hours' | 'days', values: { count: number }) => string,
): string {
  if (seconds === 0) return words('atOnce', { count: 0 })
  return seconds < 86_400
    ? words('hours', { count: seconds / 3_600 })
    : words('days', { count: seconds / 86_400 })
}
