import { useState } from 'preact/hooks'
import { money } from '../../lib/format.ts'
import { outcomeOf } from '../../lib/outcome.ts'
import { Pending } from '../../ui/parts.tsx'
import { useReading } from '../../ui/reading.ts'
import type { Move } from '../administration/types.ts'
import { api, me } from '../state.ts'
import { StatusBadge } from '../support/badges.tsx'
import { t } from './all-words.ts'
import { leftToRefund } from './move-of.ts'
import { MoveSheet } from './move-sheet.tsx'

const FINAL: readonly Move[] = ['reject', 'cancel', 'refund']

/** What an administrator may do about an order in its restaurant's place. */
export function OrderMoves({ id, onMoved }: { id: string; onMoved?: () => void }) {
  const [move, setMove] = useState<Move | null>(null)
  const { reading, again } = useReading(
    () => outcomeOf(api.api.v1.admin.orders[':id'].$get({ param: { id } })),
    id,
  )
  return (
    <section class="card stack" aria-labelledby="moves">
      <h3 id="moves">{t('moves')}</h3>
      <Pending of={reading} again={() => void again()} />
      {reading.kind === 'read' && (
        <>
          <p class="soft">{t('movesLead')}</p>
          <p>
            <StatusBadge status={reading.value.status} />{' '}
            {leftToRefund(reading.value) > 0 &&
              t('leftToRefund', {
                money: money(leftToRefund(reading.value), reading.value.currency),
              })}
          </p>
          {reading.value.user_id !== null && reading.value.user_id === me.value?.id ? (
            <p class="note">{t('ownOrder')}</p>
          ) : reading.value.allowed_actions.length === 0 ? (
            <p class="soft">{t('noMoves')}</p>
          ) : (
            <div class="tools">
              {reading.value.allowed_actions.map((one) => (
                <button
                  key={one}
                  type="button"
                  class={`button ${FINAL.includes(one) ? 'button--quiet' : ''}`}
                  onClick={() => setMove(one)}
                >
                  {t(one)}
                </button>
              ))}
            </div>
          )}
          {move !== null && (
            <MoveSheet
              move={move}
              order={reading.value}
              onClose={() => setMove(null)}
              onMoved={() => {
                setMove(null)
                void again()
                onMoved?.()
              }}
              onStale={() => void again()}
            />
          )}
        </>
      )}
    </section>
  )
}
