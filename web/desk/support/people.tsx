import { useEffect } from 'preact/hooks'
import { learnName, nameOf } from '../administration/names.ts'
import { isAdmin, me } from '../state.ts'
import { t } from './words.ts'

/** The end of an id tells things apart; its beginning is nearly the same for all of a day. */
export const shortOf = (id: string): string => id.slice(-6)

/** What somebody who works here is called: by name for administrators, else by the end of their id. */
export function useColleague(id: string): string {
  useEffect(() => void learnName(id), [id])
  if (id === me.value?.id) return t('you')
  return nameOf(id) ?? t('somebody', { id: shortOf(id) })
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
      {t('customer')} {shortOf(id)}
    </a>
  )
