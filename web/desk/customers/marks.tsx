import type { CustomerRow } from '../support/types.ts'
import { t as shared } from '../support/words.ts'
import { t } from './words.ts'

/** What is to be known of an account at once. */
export const Marks = ({
  of: { role, locked, erased },
}: {
  of: Pick<CustomerRow, 'role' | 'locked' | 'erased'>
}) => (
  <>
    {role !== 'CUSTOMER' && <span class="badge">{shared(`role_${role}`)}</span>}{' '}
    {locked && <span class="badge badge--bad">{t('locked')}</span>}{' '}
    {erased && <span class="badge badge--bad">{t('erased')}</span>}
  </>
)
