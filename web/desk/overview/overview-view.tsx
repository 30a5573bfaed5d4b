import { clock } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { FiringList } from '../alerts/firing.tsx'
import { countText } from '../counts.ts'
import { lastingText } from '../durations.ts'
import { useEvery } from '../every.ts'
import { api, isAdmin, views } from '../state.ts'
import { CoreSection } from './core-section.tsx'
import { Figures } from './figures.tsx'
import { StatisticsSection } from './statistics-section.tsx'
import { lagOf } from './types.ts'
import { t } from './words.ts'

const EVERY_MS = 30_000

/** How the platform does: what fires, what waits, how fast it is, what some days came to. */
export const OverviewView = () => (
  <>
    {views.value.includes('alerts') && <FiringSection />}
    {isAdmin.value && <CoreSection />}
    {views.value.includes('outgoing') && <LagSummary />}
    <StatisticsSection />
  </>
)

function FiringSection() {
  const { reading, again } = useReading(() =>
    outcomeOf(api.api.v1.admin.alerts.$get({ query: { limit: '1' } })),
  )
  useEvery(EVERY_MS, () => void again())
  return (
    <section class="stack" aria-labelledby="firing">
      <div class="row">
        <h2 id="firing">{t('firing')}</h2>
        <a class="button button--small" href="#alerts">
          {t('toAlerts')}
        </a>
      </div>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && <FiringList firing={reading.value.firing} />}
    </section>
  )
}

function LagSummary() {
  const { reading, again } = useReading(() =>
    outcomeOf(api.api.v1.admin.integrations.lag.$get({ query: {} })),
  )
  useEvery(EVERY_MS, () => void again())
  return (
    <section class="stack" aria-labelledby="lag">
      <div class="row">
        <h2 id="lag">{t('outgoing')}</h2>
        <a class="button button--small" href="#outgoing">
          {t('toOutgoing')}
        </a>
      </div>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && <LagFigures lag={lagOf(reading.value)} />}
    </section>
  )
}

const LagFigures = ({
  lag: { waiting, dead, failing, oldest },
}: {
  lag: ReturnType<typeof lagOf>
}) => (
  <Figures
    figures={[
      { name: t('waits'), figure: countText(waiting) },
      {
        name: t('oldest'),
        figure: oldest === null ? '–' : lastingText(oldest, Date.now()),
        more: oldest === null ? undefined : clock(oldest),
      },
      { name: t('failing'), figure: countText(failing) },
      { name: t('dead'), figure: countText(dead) },
    ]}
  />
)
