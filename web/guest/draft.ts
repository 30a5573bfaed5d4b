import { signal } from '@preact/signals'
import { keep, recall } from '../lib/kept.ts'
import { tableId, type Order } from './state.ts'

/** What is filled in beside the cart's lines; a reload keeps it. */
export interface Draft {
  /** As it is typed, and as it is used. */
  typedCode: string
  code: string | null
  points: number
  payerName: string
  requests: string
  method: Order['payment_method'] | null
}

const EMPTY: Draft = {
  typedCode: '',
  code: null,
  points: 0,
  payerName: '',
  requests: '',
  method: null,
}
const KEY = `os-draft-${tableId}`

export const draft = signal<Draft>({ ...EMPTY, ...(recall(KEY) as Partial<Draft> | null) })
draft.subscribe((now) => void keep(KEY, now))

export function edit(some: Partial<Draft>): void {
  draft.value = { ...draft.value, ...some }
}

/** The method is as welcome the next time. */
export const emptyDraft = (): void => edit({ ...EMPTY, method: draft.value.method })
