import { isAdmin, me } from '../state.ts'
import { t } from './words.ts'

/** The end of an id tells colleagues apart; its beginning is nearly the same for all of a day. */
const shortOf = (id: string): string => id.slice(-6)

/** Who did something, of those who work here: ids are all that the records keep. */
export const Colleague = ({ id }: { id: string }) => {
  const name = id === me.value?.id ? t('you') : t('somebody', { id: shortOf(id) })
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
