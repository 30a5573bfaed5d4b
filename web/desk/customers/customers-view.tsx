import { within } from '../state.ts'
import { CustomerPage } from './customer-page.tsx'
import { Search } from './search.tsx'

/** Customers, found by what is in hand; one of them where the address names one. */
export const CustomersView = () =>
  within.value === '' ? <Search /> : <CustomerPage key={within.value} id={within.value} />
