import { useState } from 'preact/hooks'
import { momentText, money } from '../../lib/format.ts'
import { me } from '../state.ts'
import { RequestBadge } from '../support/badges.tsx'
import { Facts } from '../support/facts.tsx'
import { Colleague, Orderer } from '../support/people.tsx'
import type { RefundRequest } from '../support/types.ts'
import { t as shared } from '../support/words.ts'
import { DecideSheet, type Verdict } from './decide-sheet.tsx'
import { standOf } from './follow.ts'
import { useFollowed, type Followed } from './use-followed.ts'
import { failureText, t } from './words.ts'

/** A request with all that who decides wants to know, and how it goes on. */
export function RequestCard({
  request: given,
  watch = false,
  within = 'list',
  onMoved = () => undefined,
}: {
  request: RefundRequest
  /** Waits here for what somebody else decides. */
  watch?: boolean
  within?: 'list' | 'order'
  onMoved?: () => void
}) {
  const { request, take } = useFollowed(given, { watch, onMoved })
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const sum = money(request.amount, request.currency)
  const Heading = within === 'order' ? 'h4' : 'h2'
  return (
    <article class="card stack">
      <div class="row head">
        <Heading>
          {t('request', { sum })} <RequestBadge state={request.state} />
        </Heading>
        {within === 'list' && (
          <a class="button button--small" href={`#orders/${request.order_id}`}>
            {t('openOrder')}
          </a>
        )}
      </div>
      <p class="quote">{request.reason}</p>
      <Facts
        of={[
          [t('policy'), t(`policy_${request.policy}`)],
          [
            t('asked'),
            <>
              {momentText(request.requested_at)} · <Colleague id={request.requested_by} />
            </>,
          ],
          [t('orderer'), within === 'list' && <Orderer id={request.customer_id} />],
          [t('amount'), request.lines && t('lines', { count: request.lines.length })],
          [t('decided'), decisionOf(request)],
          [t('note'), request.note],
        ]}
      />
      <p class={toneOf(request)} role="status">
        {t(`state_${request.state}`)} {request.failure !== null && failureText(request.failure)}
      </p>
      <Moneys request={request} />
      <Decision request={request} sum={sum} onVerdict={setVerdict} />
      {verdict !== null && (
        <DecideSheet
          request={request}
          verdict={verdict}
          onClose={() => setVerdict(null)}
          onDecided={take}
        />
      )}
    </article>
  )
}

const TONES: Partial<Record<RefundRequest['state'], string>> = {
  DONE: 'note note--good',
  FAILED: 'note note--bad',
  REFUSED: 'note note--bad',
}
const toneOf = ({ state }: RefundRequest): string => TONES[state] ?? 'note'

const decisionOf = ({ decided_at: at, decided_by: by }: RefundRequest) =>
  at !== null && (
    <>
      {momentText(at)}
      {by !== null && (
        <>
          {' '}
          · <Colleague id={by} />
        </>
      )}
    </>
  )

/** How the money itself stands, once the restaurant has entered it. */
const Moneys = ({ request: { refunds = [], currency } }: { request: Followed }) =>
  refunds.length === 0 ? null : (
    <ul aria-label={t('money')}>
      {refunds.map((refund) => (
        <li key={refund.id}>
          {t('moneyOf', {
            sum: money(refund.amount, currency),
            status: shared(`back_${refund.status}`),
          })}
          {refund.explanation !== null && <span class="soft"> · {refund.explanation}</span>}
        </li>
      ))}
    </ul>
  )

/** Two buttons for a second person; for the first, why they are shut. */
function Decision({
  request,
  sum,
  onVerdict,
}: {
  request: RefundRequest
  sum: string
  onVerdict: (verdict: Verdict) => void
}) {
  const stand = standOf(request, me.value?.id ?? '')
  if (stand === 'decided') return null
  const shut = stand !== 'decides'
  return (
    <>
      {shut && <p class="note note--warn">{t(stand === 'asked-it' ? 'askedIt' : 'orderedIt')}</p>}
      <div class="tools">
        {(['approve', 'refuse'] as const).map((verdict) => (
          <button
            key={verdict}
            type="button"
            class={verdict === 'approve' ? 'button button--main' : 'button button--quiet'}
            disabled={shut}
            aria-label={t(`${verdict}Named`, { sum })}
            onClick={() => onVerdict(verdict)}
          >
            {t(verdict)}
          </button>
        ))}
      </div>
    </>
  )
}
