import type { ComponentChildren } from 'preact'
import { t } from './words.ts'

const WIDE = '(min-width: 48rem)'

/** What a list is narrowed down by: open where there is room, a tap away on a phone. */
export const FilterFold = ({ children }: { children: ComponentChildren }) => (
  <details class="card filter-fold" open={matchMedia(WIDE).matches}>
    <summary>{t('filters')}</summary>
    {children}
  </details>
)
