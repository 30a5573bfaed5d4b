import { isAdmin, within } from '../state.ts'
import { AllOrders } from './all-orders.tsx'
import { Finder } from './finder.tsx'
import { OrderPage } from './order-page.tsx'

/** Orders of every restaurant: one where the address names it, else the way to find one. */
export function OrdersView() {
  if (within.value !== '') return <OrderPage key={within.value} id={within.value} />
  return isAdmin.value ? <AllOrders /> : <Finder />
}
