import type { InferResponseType } from 'hono/client'
import type { DeskClient } from '../../lib/api.ts'

type Routes = DeskClient['api']['v1']['admin']['settings']

export type Setting = InferResponseType<Routes['$get'], 200>['items'][number]
export type Change = InferResponseType<Routes['changes']['$get'], 200>['items'][number]
