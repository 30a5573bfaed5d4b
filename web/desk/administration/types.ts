import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'

type Admin = DeskClient['api']['v1']['admin']
type Partners = Admin['integrations']['partners']
type One = Partners[':id']

export type Account = InferResponseType<Admin['users']['$get'], 200>['items'][number]
export type AccountDetails = InferResponseType<Admin['users'][':id']['$get'], 200>
export type Erasure = InferResponseType<Admin['users'][':id']['erasure']['$get'], 200>
export type Role = Account['role']

export type ListedOrder = InferResponseType<Admin['orders']['$get'], 200>['items'][number]
export type AdminOrder = InferResponseType<Admin['orders'][':id']['$get'], 200>
export type Move = AdminOrder['allowed_actions'][number]

export type Partner = InferResponseType<Partners['$get'], 200>['items'][number]
export type PartnerKey = InferResponseType<One['keys']['$get'], 200>['items'][number]
export type Subscription = InferResponseType<One['subscriptions']['$get'], 200>['items'][number]
export type Endpoint = InferResponseType<One['endpoints']['$get'], 200>['items'][number]
export type EndpointTest = InferResponseType<One['endpoints'][':endpoint_id']['test']['$post'], 200>

export type Books = InferResponseType<Admin['payments']['reconciliation']['$get'], 200>
export type Run = Books['items'][number]
export type Difference = Books['open_differences'][number]
export type PointsRefund = InferResponseType<
  Admin['wallet']['refunds']['$get'],
  200
>['items'][number]
export type Rate = InferResponseType<Admin['exchange-rates']['$get'], 200>['items'][number]

export type AuditEntry = InferResponseType<Admin['audit']['$get'], 200>['items'][number]
