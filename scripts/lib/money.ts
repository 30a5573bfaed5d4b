/** `₩18,000`. */
export const won = (amountMinor: number): string => `₩${amountMinor.toLocaleString('en-US')}`
