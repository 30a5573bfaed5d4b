import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'

type Support = DeskClient['api']['v1']['support']
type Customers = Support['customers']

export type FoundCustomers = InferResponseType<Customers['$get'], 200>
export type CustomerRow = FoundCustomers['items'][number]
export type Profile = InferResponseType<Customers[':id']['$get'], 200>
export type CustomerOrders = InferResponseType<Customers[':id']['orders']['$get'], 200>
export type SupportOrder = CustomerOrders['items'][number]
export type Payment = SupportOrder['payments'][number]
export type Refund = SupportOrder['refunds'][number]
export type Note = CustomerOrders['notes'][number]
export type PointsEntry = CustomerOrders['points']['items'][number]
export type OwnCoupon = CustomerOrders['coupons'][number]
export type RefundRequest = InferResponseType<Support['refunds']['$get'], 200>['items'][number]
export type FollowedRequest = InferResponseType<Support['refunds'][':id']['$get'], 200>
export type Activity = InferResponseType<Support['activity']['$get'], 200>['items'][number]
export type ListedOrder = InferResponseType<
  DeskClient['api']['v1']['admin']['orders']['$get'],
  200
>['items'][number]
