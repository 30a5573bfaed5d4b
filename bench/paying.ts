import { setTimeout as pause } from 'node:timers/promises'
import type { BenchServer } from './runtime.ts'
import { countsOf, REPORTED_MS, several, type Counts } from './calls.ts'
import { openTill, type Till } from './till.ts'

/** Cards take time. */
const SLOW_MS = 500

/** Counts what opening and confirming a payment by card ask for, where its restaurant's keys are known. */
export async function countPaying(server: BenchServer): Promise<void> {
  const till = await openTill(server)
  const tell = (path: string, body: object) =>
    fetch(`${server.origin}/bench/${path}`, { method: 'POST', body: JSON.stringify(body) })
  const counting = countsOf(server.origin)
  const counted = async (work: () => Promise<unknown>): Promise<Counts> => {
    await pause(REPORTED_MS)
    await counting()
    await work()
    await pause(REPORTED_MS)
    return counting('?stop')
  }
  const opened = async () => till.open(await till.place('CARD'))

  await till.confirm(await opened())
  const order = await till.place('CARD')
  print('opening a card payment asks for', await counted(() => till.open(order)))
  await confirming('confirming a card payment asks for', till, await opened())
  await tell('provider', { delayMs: SLOW_MS })
  await confirming(`the same, where the provider takes ${SLOW_MS} ms,`, till, await opened())
  await tell('provider', { delayMs: 0 })
  const elsewhere = await opened()
  await tell('forget', {})
  await confirming('the same, where no payment of the restaurant was seen before,', till, elsewhere)

  async function confirming(what: string, at: Till, payment: Parameters<Till['confirm']>[0]) {
    print(what, await counted(() => at.confirm(payment)), 'aim ≤ 3 and 1')
    if (!(await at.isPaid(payment))) throw new Error('a confirmed payment is not paid')
  }
}

function print(what: string, { execute, query, report, provider }: Counts, aim?: string): void {
  console.log(
    `${what}\n  ${several(execute + query + report, 'call')} of objects ` +
      `(${several(execute, 'command')}, ${several(query, 'question')}; beside the answer ` +
      `${several(report, 'report')} of the projection) and ${provider} of the provider` +
      (aim === undefined ? '' : ` (${aim})`),
  )
}
