import { momentText, money } from '../../lib/format.ts'
import type { SupportOrder } from '../support/types.ts'
import { t as shared } from '../support/words.ts'
import { stepsOf } from './steps.ts'
import { t } from './words.ts'

/** What an order has been through, oldest first. */
export const Steps = ({ order }: { order: SupportOrder }) => (
  <ol>
    {stepsOf(order).map(({ at, what, amount }, index) => (
      <li key={index} class="line">
        <time dateTime={at} class="soft">
          {momentText(at)}
        </time>
        <strong>{what === 'ended' ? shared(order.status) : t(`step_${what}`)}</strong>
        {amount !== null && <span class="sum">{money(amount, order.currency)}</span>}
      </li>
    ))}
  </ol>
)
