import type { ComponentChildren } from 'preact'
import type { Pages } from './pages.ts'
import { Pending, Wrong } from './parts.tsx'
import { t } from './words.ts'

/** A list that comes page by page: that it is loading, that it is empty, and the way to more of it. */
export function Paged<T>({
  pages,
  empty,
  children,
}: {
  pages: Pages<T>
  /** What is said where there is nothing. */
  empty: string
  children: (items: readonly T[]) => ComponentChildren
}) {
  const { state, trouble, items, next, more, again } = pages
  if (state !== 'read')
    return (
      <Pending
        of={{ kind: state, ...(trouble !== null && { trouble }) }}
        again={() => void again()}
      />
    )
  if (items.length === 0) return <p class="soft">{empty}</p>
  return (
    <>
      {children(items)}
      {next === 'unread' && <Wrong text={trouble?.message ?? t('unreached')} />}
      {next !== 'none' && (
        <div>
          <button
            type="button"
            class="button"
            // Disabled, it would lose the focus of whoever goes on from page to page.
            aria-disabled={next === 'loading'}
            onClick={() => next !== 'loading' && void more()}
          >
            {t(next === 'loading' ? 'loading' : 'more')}
          </button>
        </div>
      )}
    </>
  )
}
