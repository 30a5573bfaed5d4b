import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'

type Admin = DeskClient['api']['v1']['admin']
type Integrations = Admin['integrations']

export type Lag = InferResponseType<Integrations['lag']['$get'], 200>
export type DestinationLag = Lag['destinations'][number]
export type Delivery = InferResponseType<Integrations['outbox']['$get'], 200>['items'][number]
export type GivenUpEvent = InferResponseType<
  Integrations['feed']['dead']['$get'],
  200
>['items'][number]
export type DeadLetter = InferResponseType<Admin['dead-letters']['$get'], 200>['items'][number]
export type Run = InferResponseType<Admin['rebuild'][':id']['$get'], 200>
export type Retried = InferResponseType<Integrations['outbox']['retry']['$post'], 200>

export const DESTINATION_KINDS = [
  'PUSH',
  'DISCORD',
  'SLACK',
  'EMAIL',
  'DATA_PLATFORM',
] as const satisfies readonly Delivery['destination_kind'][]
export const DELIVERY_STATES = [
  'DEAD',
  'PENDING',
  'SKIPPED',
  'DONE',
] as const satisfies readonly Delivery['state'][]
export const MESSAGE_KINDS = [
  'publish',
  'register',
  'capture',
  'look-up',
  'void',
  'refund',
  'tell-refund',
  'notify',
  'rebuild',
  'mail',
] as const
