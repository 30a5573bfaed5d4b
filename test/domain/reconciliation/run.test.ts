import { describe, expect, it } from 'vitest'
import { addTotals, afterPage, newRun } from '../../../src/domain/reconciliation/run.ts'
import { MINUTE, NOW } from '../../support/orders.ts'

const supply = { id: 'run-1', now: NOW }

describe('a run', () => {
  it('of everything looks back for ever, a light one at what moved since the last', () => {
    expect(newRun('FULL', NOW - MINUTE, supply).since).toBe(0)
    const last = NOW - 60 * MINUTE
    expect(newRun('CHANGES', last, supply).since).toBe(last - 10 * MINUTE)
    expect(newRun('CHANGES', null, supply).since).toBe(NOW - 24 * 60 * MINUTE)
  })

  it.each([
    ['FULL', ['WALLETS', 'LEDGER', 'ORDERS']],
    ['CHANGES', ['WALLETS', 'ORDERS']],
  ] as const)('%s goes through its stages page by page, and is over once', (kind, stages) => {
    let run = newRun(kind, null, supply)
    for (const stage of stages) {
      expect(run).toMatchObject({ stage, after: null, finishedAt: null })
      run = afterPage(run, { ordersChecked: 2 }, 'id-2', NOW + 1)
      expect(run).toMatchObject({ stage, after: 'id-2', finishedAt: null })
      run = afterPage(run, { ordersChecked: 1 }, null, NOW + 1)
    }
    expect(run).toMatchObject({ finishedAt: NOW + 1, ordersChecked: 3 * stages.length })
  })

  it('adds money up by currency', () => {
    expect(addTotals({ KRW: 1, USD: 2 }, { USD: 3, JPY: 4 })).toEqual({ KRW: 1, USD: 5, JPY: 4 })
  })
})
