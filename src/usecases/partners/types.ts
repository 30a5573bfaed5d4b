export type {
  PartnerEndpoint,
  PartnerKey,
  PartnerSubscription,
} from '../../db/repositories/partner-ports.ts'
