import { useState } from 'preact/hooks'
import { clock } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { Choice } from '../choice.tsx'
import { countText, partText } from '../counts.ts'
import { durationText } from '../durations.ts'
import { useEvery } from '../every.ts'
import { api } from '../state.ts'
import { Figures, type Figure } from './figures.tsx'
import type { Core } from './types.ts'
import { t } from './words.ts'

const WINDOWS = ['5m', '1h', '24h'] as const
const EVERY_MS = 30_000

/** Whether the platform does its job: speed, failures, payments, and what stands now. */
export function CoreSection() {
  const [window, setWindow] = useState<string>('1h')
  const { reading, again } = useReading(
    () => outcomeOf(api.api.v1.admin.metrics.core.$get({ query: { window } })),
    window,
  )
  useEvery(EVERY_MS, () => void again())
  return (
    <section class="stack" aria-labelledby="core">
      <div class="row row--end">
        <h2 id="core">{t('core')}</h2>
        <Choice
          label={t('window')}
          value={window}
          options={WINDOWS.map((one) => [one, t(one)])}
          onChange={setWindow}
        />
      </div>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && (
        <>
          <h3>{t('speed')}</h3>
          <Figures figures={speedOf(reading.value)} />
          <h3>{t('standsNow')}</h3>
          <Figures figures={standingOf(reading.value)} />
          <p class="soft">{t('coreAsOf', { at: clock(reading.value.as_of) })}</p>
        </>
      )}
    </section>
  )
}

interface Timed {
  p50_seconds: number | null
  p95_seconds: number | null
}

const halfText = ({ p50_seconds: p50, p95_seconds: p95 }: Timed): string =>
  p50 === null || p95 === null
    ? t('noTimes')
    : t('half', { p50: durationText(p50), p95: durationText(p95) })

const partOrNone = (part: number | null): string => (part === null ? '–' : partText(part))

const speedOf = (core: Core): Figure[] => [
  {
    name: t('requests'),
    figure: countText(core.requests.count),
    more: halfText(core.requests),
  },
  {
    name: t('failures'),
    figure: partOrNone(core.failure_rate),
    more: t('available', { part: partOrNone(core.availability) }),
  },
  {
    name: t('placing'),
    figure: countText(core.placing.count),
    more: `${halfText(core.placing)} · ${t('placingMore', {
      refused: countText(core.placing.refused),
      failed: countText(core.placing.failed),
    })}`,
  },
  {
    name: t('payments'),
    figure: partOrNone(core.payments.success_rate),
    more: t('paymentsMore', {
      completed: countText(core.payments.completed),
      refused: countText(core.payments.refused),
    }),
  },
  {
    name: t('scanToPaid'),
    figure:
      core.scan_to_paid.p50_seconds === null ? '–' : durationText(core.scan_to_paid.p50_seconds),
    more: halfText(core.scan_to_paid),
  },
]

const OPEN = ['PENDING', 'ACCEPTED', 'READY'] as const

const standingOf = ({ orders, stock, coupons }: Core): Figure[] => [
  {
    name: t('openOrders'),
    figure: countText(OPEN.reduce((sum, status) => sum + (orders.open[status] ?? 0), 0)),
    more: [
      ...OPEN.map((status) => `${t(status)} ${countText(orders.open[status] ?? 0)}`),
      t('placedEver', { count: countText(orders.placed_total) }),
    ].join(' · '),
  },
  {
    name: t('stock'),
    figure: countText(stock.low),
    more: t('soldOut', { count: countText(stock.sold_out) }),
  },
  {
    name: t('coupons'),
    figure: countText(coupons.live),
    more: t('couponsMore', {
      exhausted: countText(coupons.exhausted),
      over: countText(coupons.over),
    }),
  },
]
