import {
  createReceiverFaults,
  createReceivers,
  createReceiversControl,
  sufferFault,
  type ReceiverFault,
} from './receivers.ts'
import { createSqliteReceived } from './sqlite-received.ts'

export interface ReceiversOptions {
  sql: SqlStorage
  now: () => number
  note: (name: string) => string | null
  writeNote: (name: string, value: string) => void
}

/** Whom the app sends things to, besides mail: partners, the data platform, channels. */
export function openReceivers({ sql, now, note, writeNote }: ReceiversOptions) {
  const store = createSqliteReceived(sql)
  const faults = createReceiverFaults(
    JSON.parse(note('receiver_faults') ?? '[]') as ReceiverFault[],
    (all) => {
      writeNote('receiver_faults', JSON.stringify(all))
    },
  )
  const wait = (ms: number): Promise<void> => scheduler.wait(ms)
  return {
    receivers: createReceivers(store, now),
    control: createReceiversControl(store, faults),
    /** What a fault answers in the place of a receiver; null where none does. */
    suffer: async (pathname: string): Promise<Response | null> =>
      /^\/(partner|platform|chat)\//.test(pathname) ? sufferFault(faults, pathname, wait) : null,
  }
}
export type OpenReceivers = ReturnType<typeof openReceivers>
