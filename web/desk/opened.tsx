import type { ComponentChildren } from 'preact'
import type { Outcome } from '../lib/outcome.ts'
import { Pending } from '../ui/parts.tsx'
import { OpenedHeading } from './support/opened-heading.tsx'
import { useAsked } from './support/asked.ts'
import { t } from './support/words.ts'
import type { View } from './view.ts'

/** One thing that the address names: the way back to where it is listed, and itself, or that there is none. */
export function Opened<T>({
  id,
  list,
  read,
  children,
}: {
  id: string
  list: View
  read: () => Promise<Outcome<T>>
  children: (value: T, again: () => void) => ComponentChildren
}) {
  const { asked, again } = useAsked(id, read)
  const anew = () => void again()
  return (
    <>
      <div>
        <a class="button button--small" href={`#${list}`}>
          ← {t('back')}
        </a>
      </div>
      {asked.kind === 'missing' ? (
        <OpenedHeading>{t('missing')}</OpenedHeading>
      ) : asked.kind === 'read' ? (
        children(asked.value, anew)
      ) : (
        <Pending of={asked} again={anew} />
      )}
    </>
  )
}
