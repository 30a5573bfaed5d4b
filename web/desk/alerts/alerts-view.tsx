import { useState } from 'preact/hooks'
import { outcomeOf, type Outcome } from '../../lib/outcome.ts'
import { Loading, Unread } from '../../ui/parts.tsx'
import { usePages } from '../../ui/pages.ts'
import { useEvery } from '../every.ts'
import { isId } from '../ids.ts'
import { api, isAdmin, within } from '../state.ts'
import { ChannelsSection } from './channels-section.tsx'
import { FiringList } from './firing.tsx'
import { History } from './history.tsx'
import type { AlertList, Firing } from './kinds.ts'
import { Messages } from './messages.tsx'
import { RulesSection } from './rules-section.tsx'
import { t } from './words.ts'

const EVERY_MS = 30_000

/** What is watched over, what fires, and who is told. */
export function AlertsView() {
  return isId(within.value) ? <Messages channelId={within.value} /> : <AllAlerts />
}

function AllAlerts() {
  const [firing, setFiring] = useState<readonly Firing[] | null>(null)
  const noted = (read: Outcome<AlertList>) => {
    if (read.ok) setFiring(read.value.firing)
    return read
  }
  const read = (query: Record<string, string>) => outcomeOf(api.api.v1.admin.alerts.$get({ query }))
  const pages = usePages(async (query) => noted(await read(query)))
  // The pages that were opened stay: only what fires is read anew.
  const again = () => void read({ limit: '1' }).then(noted)
  useEvery(EVERY_MS, again)
  return (
    <>
      <section class="stack" aria-labelledby="firing">
        <h2 id="firing">{t('firingNow')}</h2>
        {firing !== null ? (
          <FiringList firing={firing} />
        ) : pages.state === 'unread' ? (
          <Unread onRetry={() => void pages.again()} />
        ) : (
          <Loading />
        )}
      </section>
      {!isAdmin.value && <p class="note">{t('readOnly')}</p>}
      <RulesSection onChanged={() => void pages.again()} />
      <ChannelsSection />
      {firing !== null && <History pages={pages} />}
    </>
  )
}
