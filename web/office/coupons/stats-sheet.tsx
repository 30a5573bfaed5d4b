import type { InferResponseType } from 'hono/client'
import type { Api } from '../../lib/api.ts'
import { money, momentText } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { Sheet } from '../../ui/sheet.tsx'
import { api, timezone } from '../state.ts'
import { t as office } from '../words.ts'
import type { Coupon } from './coupons-view.tsx'
import { t } from './words.ts'

type Stats = InferResponseType<Api['api']['v1']['admin']['coupons'][':id']['stats']['$get'], 200>

const COUNTS = ['claimed', 'left', 'free', 'held', 'used', 'expired', 'released'] as const

/** What has come of a coupon. */
export function StatsSheet({
  coupon: { id, code },
  onClose,
}: {
  coupon: Coupon
  onClose: () => void
}) {
  const { reading, again } = useReading(() =>
    outcomeOf(api.api.v1.admin.coupons[':id'].stats.$get({ param: { id } })),
  )
  return (
    <Sheet title={t('statsOf', { code })} closeLabel={office('close')} onClose={onClose}>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && <Figures stats={reading.value} />}
    </Sheet>
  )
}

function Figures({ stats }: { stats: Stats }) {
  const when = (iso: string | null) => (iso === null ? '–' : momentText(iso, timezone.value))
  const rows = [
    [t('discounted'), money(stats.discount_amount, stats.currency)],
    [t('earned'), money(stats.revenue_amount, stats.currency)],
    [t('total'), String(stats.total_quantity)],
    ...COUNTS.map((one) => [t(`${one}Count`), String(stats[one])] as const),
    [t('firstUse'), when(stats.first_used_at)],
    [t('lastUse'), when(stats.last_used_at)],
  ] as const
  return (
    <table class="data">
      <caption class="unseen">{t('statsOf', { code: stats.code })}</caption>
      <tbody>
        {rows.map(([name, figure]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td class="sum">{figure}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
