import type { Tried } from '../domain/outgoing/verdict.ts'

/** A push, signed as Standard Webhooks (standardwebhooks.com). */
export interface Push {
  /** The same for every try: receivers know a repeat by it. */
  id: string
  url: string
  /** `whsec_…`, opened: one, or two while one replaces the other. */
  secrets: readonly string[]
  body: string
  /** W3C Trace Context; null where the event is of no trace. */
  traceparent?: string | null
}

export interface PushSender {
  /** Why nothing may be pushed to an address; null = it may. */
  problemOf(url: string): string | null
  /** Never throws for what the other side does. */
  send(push: Push): Promise<Tried>
}
