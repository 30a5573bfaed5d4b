import { locale } from '../lib/i18n.ts'

export const countText = (count: number): string =>
  new Intl.NumberFormat(locale.value).format(count)

/** A part of one, as hundredths; what is near to none or all keeps digits that tell it from them. */
export const partText = (part: number): string =>
  new Intl.NumberFormat(locale.value, {
    style: 'percent',
    maximumFractionDigits: [part, 1 - part].some((rest) => rest > 0 && rest < 0.01) ? 3 : 1,
  }).format(part)
