import { money } from '../../lib/format.ts'
import { countText } from '../counts.ts'
import { durationText } from '../durations.ts'
import { Figures, type Figure } from './figures.tsx'
import { currenciesOf, type Statistics } from './types.ts'
import { t } from './words.ts'

/** What the days have come to. */
export const Totals = ({ found }: { found: Statistics }) => (
  <>
    <h3>{t('totals')}</h3>
    <Figures figures={[ordersOf(found), ...moneyOf(found), ...othersOf(found)]} />
  </>
)

/** Of each currency by itself: what stands in several cannot be added. */
function moneyOf(found: Statistics): Figure[] {
  const several = currenciesOf(found).length > 1
  return currenciesOf(found).flatMap((currency) => {
    const of = <T extends { currency: string }>(list: readonly T[]): T | undefined =>
      list.find((one) => one.currency === currency)
    const text = (amount: number | undefined) => money(amount ?? 0, currency)
    const net = found.revenue
      .filter((one) => one.currency === currency)
      .reduce((sum, one) => sum + one.net_amount, 0)
    const average = of(found.average_order)
    const refunds = of(found.refunds)
    const coupons = of(found.coupons)
    const named = (word: 'revenue' | 'average' | 'refunded' | 'discount') =>
      several ? `${t(word)} (${currency})` : t(word)
    return [
      { name: named('revenue'), figure: text(net) },
      {
        name: named('average'),
        figure: text(average?.amount),
        more: t('averageOf', { count: countText(average?.orders ?? 0) }),
      },
      {
        name: named('refunded'),
        figure: text(refunds?.refunded_amount),
        more: [
          t('ordersCount', { count: countText(refunds?.orders ?? 0) }),
          ...((refunds?.refund_due_amount ?? 0) > 0
            ? [t('refundDue', { amount: text(refunds?.refund_due_amount) })]
            : []),
        ].join(' · '),
      },
      {
        name: named('discount'),
        figure: text(coupons?.discount_amount),
        more: t('ordersCount', { count: countText(coupons?.orders ?? 0) }),
      },
    ]
  })
}

function spanFigure(name: string, span: Statistics['time_to_accept']): Figure {
  const { p50_seconds: p50, p95_seconds: p95 } = span
  if (p50 === null || p95 === null) return { name, figure: '–' }
  return {
    name,
    figure: durationText(p50),
    more: t('half', { p50: durationText(p50), p95: durationText(p95) }),
  }
}

const ordersOf = ({ orders }: Statistics): Figure => ({
  name: t('orders'),
  figure: countText(orders.total),
})

const othersOf = (found: Statistics): Figure[] => [
  spanFigure(t('toAccept'), found.time_to_accept),
  spanFigure(t('toReady'), found.time_to_ready),
  ...(found.restaurant_id === null
    ? [{ name: t('active'), figure: t('places', { count: countText(found.restaurants.active) }) }]
    : []),
  ...(found.customers.registered === null
    ? []
    : [
        {
          name: t('registered'),
          figure: t('people', { count: countText(found.customers.registered) }),
        },
      ]),
  ...(found.points_outstanding === null
    ? []
    : [{ name: t('points'), figure: countText(found.points_outstanding) }]),
]
