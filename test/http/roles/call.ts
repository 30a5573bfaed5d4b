import type { Permission } from '../../../src/domain/permissions.ts'
import type { Place } from '../../support/story-restaurant.ts'
import type { Caller } from './people.ts'
import type { Kind, Thing } from './things.ts'
import type { World } from './world.ts'

type Sent = Pick<Thing, 'ids' | 'amount' | 'email' | 'key'>

/** How a route is called so that nothing but who calls can be wrong with it. */
export interface Call {
  /** What its ids name; left out: nothing that is somebody's. */
  of?: Kind | readonly Kind[]
  /** With the thing, and where it is; without one, where they work or sit who call. */
  body?: Readonly<Record<string, unknown>> | ((thing: Sent, house: Place) => object)
  bytes?: Uint8Array<ArrayBuffer>
  /** With its `?`. */
  query?: string | ((thing: Sent) => string)
  headers?: Readonly<Record<string, string>>
  /** For what is in the path beside the thing: `{projection: 'orders'}`. */
  path?: Readonly<Record<string, string>>
  /** Where a token is optional: what the handler itself asks for. */
  asks?: Permission | 'nothing'
  /** Calling it is the end of the caller, so somebody like them calls. */
  by?: (world: World, who: Caller) => Promise<Caller>
  /** The status for whoever is admitted, where it is no success. */
  admitted?: number
  /** Whom it is forbidden although their role may. */
  notFor?: (who: Caller, world: World) => boolean
  /** For what there is not, where it is not 404. */
  unknown?: number
  /** The status for those who worked there, where it is no refusal. */
  former?: number
  /** A socket's upgrade. */
  socket?: true
}

export type Calls = Readonly<Record<string, Call>>

export const bodyOf = ({ body }: Call, thing: Sent, house: Place): unknown =>
  typeof body === 'function' ? body(thing, house) : body
