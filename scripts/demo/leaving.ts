import { errorOf } from '../lib/api.ts'
import type { Cast } from './cast.ts'
import { newKey } from './cast.ts'
import { stage } from './stage.ts'

/** The party leaves: the visit ends, and with it what its token may do. */
export async function leaving({ api, owner, guest, table, board }: Cast): Promise<void> {
  stage.scene('The guest leaves')
  const { total_spent } = await api.ask<{ total_spent: number }>(
    'GET',
    `/tables/${table.id}/orders`,
    { token: owner },
  )
  await api.ask('POST', `/tables/${table.id}/reset`, {
    ...{ token: owner, key: newKey(), body: { force: 'refund' } },
  })
  await board.next(({ type }) => type === 'VISIT_CHANGED', 'the end of the visit')
  stage.owner(
    `closes table ${table.name}; the visit came to ₩${total_spent.toLocaleString('en-US')}`,
  )
  const late = await api.send('POST', `/tables/${table.id}/orders`, {
    ...{ token: guest, key: newKey() },
    body: { items: [], payment_method: 'CARD' },
  })
  const again = await api.send('GET', `/tables/${table.id}/orders`, { token: guest })
  stage.expect(
    late.status >= 400 && again.status >= 400,
    `the guest's token opens this table no more (${errorOf(again)?.reason ?? errorOf(again)?.code ?? ''})`,
  )
}
