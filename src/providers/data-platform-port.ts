import type { Tried } from '../domain/outgoing/verdict.ts'

export interface DataPlatform {
  /** `id` is the same for every try, so that a platform which heard the first can drop the others. */
  send(id: string, lines: unknown, traceparent: string | null): Promise<Tried>
}
