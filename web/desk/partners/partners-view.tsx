import { within } from '../state.ts'
import { PartnerList } from './partner-list.tsx'
import { PartnerPage } from './partner-page.tsx'

/** Other systems that get what happens in restaurants. */
export const PartnersView = () =>
  within.value === '' ? <PartnerList /> : <PartnerPage key={within.value} id={within.value} />
