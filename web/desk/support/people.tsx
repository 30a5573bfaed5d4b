import { shortId } from '../ids.ts'
import { personName, usePeopleNames } from '../names.ts'
import { isAdmin, me } from '../state.ts'
import { t } from './words.ts'

/** What somebody who works here is called: by name for administrators, else by the end of their id. */
export function useColleague(id: string): string {
  usePeopleNames([id])
  if (id === me.value?.id) return t('you')
  return personName(id) ?? t('somebody', { id: shortId(id) })
}

/** Who did something, of those who work here: ids are all that the records keep. */
export const Colleague = ({ id }: { id: string }) => {
  const name = useColleague(id)
  return isAdmin.value ? <a href={`#accounts/${id}`}>{name}</a> : <span title={id}>{name}</span>
}

/** Whose an order is. */
export const Orderer = ({ id }: { id: string | null }) =>
  id === null ? (
    <span>{t('guest')}</span>
  ) : (
    <a href={`#customers/${id}`}>
      {t('customer')} {shortId(id)}
    </a>
  )
