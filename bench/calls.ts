import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from './load.ts'
import { newMembers, orderBy } from './members.ts'
import type { BenchServer } from './runtime.ts'

export type Counts = Record<'execute' | 'query' | 'report' | 'd1' | 'provider', number>

/** By then what the projection has written was gathered and told to the object. */
export const REPORTED_MS = 1_500

export const several = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? '' : 's'}`

/** What was asked since the last time; counting begins with the first and ends with `?stop`. */
export const countsOf =
  (origin: string) =>
  async (then: '' | '?stop' = ''): Promise<Counts> =>
    (await (await fetch(`${origin}/bench/counts${then}`)).json()) as Counts

/** Counts what warm orders ask for: of the first only the token is remembered. */
export async function countCalls(server: BenchServer, order: () => Call): Promise<void> {
  const { origin, signingKey } = server
  const send = async ({ path, method, headers, body }: Call) => {
    const answer = await fetch(`${origin}${path}`, { method, headers, body })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  const counts = countsOf(origin)
  const print = async (who: string, next: () => Call) => {
    await send(next())
    await counts()
    await send(next())
    await pause(REPORTED_MS)
    const { execute, query, report, d1 } = await counts('?stop')
    console.log(
      `what ${who}'s warm order asks for\n  ${several(execute, 'command')} and ${several(query, 'question')} to objects, ` +
        `${several(d1, 'read')} of D1; beside it ${several(report, 'report')} of the projection`,
    )
  }
  await print("a table's guest", order)
  const [member] = await newMembers(signingKey, 1)
  if (member === undefined) return
  const { sessionId: id, userId } = member
  await fetch(`${origin}/bench/log-in`, { method: 'POST', body: JSON.stringify({ id, userId }) })
  await print('a member', () => orderBy(member, order()))
}
