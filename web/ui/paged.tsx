import type { ComponentChildren } from 'preact'
import type { Pages } from './pages.ts'
import { Loading, Unread, Wrong } from './parts.tsx'
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
  const { state, items, next, more, again } = pages
  if (state === 'loading') return <Loading />
  if (state === 'unread') return <Unread onRetry={() => void again()} />
  if (items.length === 0) return <p class="soft">{empty}</p>
  return (
    <>
      {children(items)}
      {next === 'unread' && <Wrong text={t('unreached')} />}
      {next !== 'none' && (
        <div>
          <button
            type="button"
            class="button"
            disabled={next === 'loading'}
            onClick={() => void more()}
          >
            {t(next === 'loading' ? 'loading' : 'more')}
          </button>
        </div>
      )}
    </>
  )
}
