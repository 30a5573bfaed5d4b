import { useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { wholeList } from '../../lib/whole-list.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import { api, isAdmin } from '../state.ts'
import { ChannelRow } from './channel-row.tsx'
import { ChannelSheet } from './channel-sheet.tsx'
import type { Channel } from './kinds.ts'
import { t } from './words.ts'

export const readChannels = () =>
  wholeList<Channel>((query) => outcomeOf(api.api.v1.admin.alerts.channels.$get({ query })))

/** Where alerts go; addresses are never shown. */
export function ChannelsSection() {
  const { reading, again } = useReading(readChannels)
  const [chosen, setChosen] = useState<Channel | 'new' | null>(null)
  return (
    <section class="card stack" aria-labelledby="channels">
      <div class="row">
        <h2 id="channels">{t('channels')}</h2>
        {isAdmin.value && (
          <button type="button" class="button" onClick={() => setChosen('new')}>
            {t('addChannel')}
          </button>
        )}
      </div>
      <p class="soft">{t('channelsHint')}</p>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' &&
        (reading.value.length === 0 ? (
          <p class="note note--warn">{t('noChannels')}</p>
        ) : (
          <ul>
            {reading.value.map((channel) => (
              <ChannelRow
                key={channel.id}
                channel={channel}
                onEdit={() => setChosen(channel)}
                onChanged={() => void again()}
              />
            ))}
          </ul>
        ))}
      {chosen !== null && (
        <ChannelSheet
          channel={chosen === 'new' ? null : chosen}
          onClose={() => setChosen(null)}
          onChanged={() => void again()}
        />
      )}
    </section>
  )
}
