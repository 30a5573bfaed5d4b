import { isAdmin } from '../state.ts'
import { Books } from './books.tsx'
import { Payouts } from './payouts.tsx'
import { Rates } from './rates.tsx'

/** Whether the books agree; for administrators also what people owe, and what currencies are worth. */
export const MoneyView = () => (
  <>
    <Books />
    {isAdmin.value && (
      <>
        <Payouts />
        <Rates />
      </>
    )}
  </>
)
