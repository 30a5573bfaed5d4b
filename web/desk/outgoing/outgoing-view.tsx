import { isAdmin, within } from '../state.ts'
import { Tabs } from '../tabs.tsx'
import { Deliveries } from './deliveries.tsx'
import { GivenUpEvents } from './given-up-events.tsx'
import { LagSection } from './lag-section.tsx'
import { DeadLetters } from './dead-letters.tsx'
import { Maintenance } from './maintenance.tsx'
import { t } from './words.ts'

const FOR_SUPPORT = ['deliveries', 'events'] as const
const FOR_ADMIN = [...FOR_SUPPORT, 'letters', 'maintenance'] as const

/** What leaves the platform, what was given up, and what makes it whole again. */
export function OutgoingView() {
  const parts: readonly (typeof FOR_ADMIN)[number][] = isAdmin.value ? FOR_ADMIN : FOR_SUPPORT
  const [name, rest = ''] = within.value.split('/')
  const part = parts.find((one) => one === name) ?? 'deliveries'
  return (
    <>
      <Tabs
        label={t('parts')}
        chosen={part}
        tabs={parts.map((one) => [
          one,
          one === 'deliveries' ? '#outgoing' : `#outgoing/${one}`,
          t(one),
        ])}
      />
      {part === 'deliveries' && (
        <>
          <LagSection />
          <Deliveries />
        </>
      )}
      {part === 'events' && <GivenUpEvents />}
      {part === 'letters' && <DeadLetters />}
      {part === 'maintenance' && <Maintenance runId={rest} />}
    </>
  )
}
