import { within } from '../state.ts'
import { AccountList } from './account-list.tsx'
import { AccountPage } from './account-page.tsx'

/** Everybody's accounts: who is let in, as what. */
export const AccountsView = () =>
  within.value === '' ? <AccountList /> : <AccountPage key={within.value} id={within.value} />
