import { momentText } from '../../lib/format.ts'
import { shortId } from '../ids.ts'
import { Table } from '../table.tsx'
import { Orderer, useColleague } from '../support/people.tsx'
import type { Activity } from '../support/types.ts'
import { t as shared, type SupportWord } from '../support/words.ts'
import { detailsText } from './details.ts'
import { t } from './words.ts'

const COLUMNS = ['when', 'who', 'what', 'whose', 'why', 'details'] as const

/** Newest first. A tap on a person shows theirs alone. */
export const ActivityTable = ({
  entries,
  onPerson,
}: {
  entries: readonly Activity[]
  onPerson: (id: string) => void
}) => (
  <div class="card">
    <Table label={t('record')} heads={COLUMNS.map((word) => t(word))} width="many">
      {entries.map((entry) => (
        <tr key={entry.id}>
          <td>{momentText(entry.at)}</td>
          <td>
            <Person id={entry.actor_id} role={entry.actor_role} onPerson={onPerson} />
          </td>
          <td>{t(`do_${entry.action}`)}</td>
          <td>
            <Whose entry={entry} />
          </td>
          <td>{entry.reason}</td>
          <td>{detailsText(entry.details)}</td>
        </tr>
      ))}
    </Table>
  </div>
)

function Person({
  id,
  role,
  onPerson,
}: {
  id: string
  role: string
  onPerson: (id: string) => void
}) {
  const name = useColleague(id)
  return (
    <>
      <button
        type="button"
        class="button button--link"
        aria-label={t('onlyPerson', { name })}
        onClick={() => onPerson(id)}
      >
        {name}
      </button>
      <p class="soft">{roleText(role)}</p>
    </>
  )
}

const roleText = (role: string): string =>
  role === 'SUPPORT' || role === 'ADMIN' ? shared(`role_${role}` satisfies SupportWord) : role

const Whose = ({ entry: { customer_id: customer, order_id: order } }: { entry: Activity }) => (
  <>
    {customer !== null && <Orderer id={customer} />}
    {order !== null && (
      <p>
        <a href={`#orders/${order}`}>
          {shared('order')} {shortId(order)}
        </a>
      </p>
    )}
    {customer === null && order === null && '–'}
  </>
)
