import type { Calls } from '../call.ts'

const OVERLAP = { overlap_seconds: 60 }
const LEASE = {
  lease_id: '0199d2a1-6f00-8a3c-9e10-ffffffffffff',
  event_ids: ['0199d2a1-6f00-8a3c-9e10-ffffffffffff'],
}
const subscription = { restaurant_id: null, types: null }

export const PARTNER_CALLS: Calls = {
  listPartners: {},
  getPartner: { of: 'partner' },
  createPartner: { body: { name: '데이터 플랫폼' } },
  editPartner: { of: 'partner', body: { name: '새 이름' } },
  disablePartner: { of: 'partner' },
  listPartnerKeys: { of: 'partner' },
  rotatePartnerKey: { of: 'partner', body: OVERLAP },
  endPartnerKey: { of: "a partner's key" },
  listPartnerSubscriptions: { of: 'partner' },
  subscribePartner: { of: 'partner', body: subscription },
  endPartnerSubscription: { of: "a partner's subscription" },
  listPartnerEndpoints: { of: 'partner' },
  addPartnerEndpoint: { of: 'partner', body: { url: 'https://hooks.example.com/new' } },
  movePartnerEndpoint: { of: "a partner's endpoint", body: { url: 'https://hooks.example.com/2' } },
  removePartnerEndpoint: { of: "a partner's endpoint" },
  rotatePartnerEndpointSecret: { of: "a partner's endpoint", body: OVERLAP },
  enablePartnerEndpoint: { of: "a partner's endpoint" },
  testPartnerEndpoint: { of: "a partner's endpoint" },
  listOutbox: {},
  getOutgoingLag: {},
  retryDelivery: { of: 'delivery' },
  retryDeliveries: { body: { filter: { destination_id: 'nothing' } } },
  listGivenUpEvents: {},
  retryGivenUpEvent: { of: 'given-up event' },
  retryGivenUpEvents: { body: { filter: { partner_id: LEASE.lease_id } } },
  pullEvents: {},
  // No such lease, or no longer.
  acknowledgeEvents: { body: LEASE, admitted: 409 },
  giveEventsBack: { body: LEASE, admitted: 409 },
}
