import type { RefundRequest } from '../support/types.ts'

export const TABS = ['requested', 'approved', 'failed', 'refused', 'done', 'all'] as const
export type Tab = (typeof TABS)[number]

/** What the address names behind `#refunds/`; what waits where it names nothing that is known. */
export const tabOf = (within: string): Tab => TABS.find((tab) => tab === within) ?? 'requested'

/** The state that a tab shows; null: every one. */
export const stateOf = (tab: Tab): RefundRequest['state'] | null =>
  tab === 'all' ? null : (tab.toUpperCase() as Uppercase<Exclude<Tab, 'all'>>)
