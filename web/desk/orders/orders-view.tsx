import { isAdmin, within } from '../state.ts'
import { AllOrders } from './all-orders.tsx'
import { Finder } from './finder.tsx'
import { OrderPage } from './order-page.tsx'

/** Orders of every restaurant: one where the address names it, else the ways to find one. */
export const OrdersView = () =>
  within.value === '' ? (
    <>
      {isAdmin.value && <AllOrders />}
      <Finder />
    </>
  ) : (
    <OrderPage key={within.value} id={within.value} />
  )
