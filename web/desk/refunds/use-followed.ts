import { useEffect, useRef, useState } from 'preact/hooks'
import { outcomeOf } from '../../lib/outcome.ts'
import { api } from '../state.ts'
import type { FollowedRequest, RefundRequest } from '../support/types.ts'
import { lookAgainIn } from './follow.ts'

export type Followed = RefundRequest & Partial<Pick<FollowedRequest, 'refunds'>>

/** How it and its money stand, as one text. */
const standing = ({ state, refunds = [] }: Followed): string =>
  [state, ...refunds.map(({ status }) => status)].join()

/** A request as it stands, read again for as long as it may still move; `take` puts in what was answered. */
export function useFollowed(
  given: RefundRequest,
  { watch, onMoved }: { watch: boolean; onMoved: () => void },
) {
  const [request, setRequest] = useState<Followed>(given)
  const [looks, setLooks] = useState(0)
  const moved = useRef(onMoved)
  moved.current = onMoved
  const take = (next: Followed) => {
    setRequest(next)
    if (standing(next) !== standing(request)) moved.current()
  }
  useEffect(() => {
    if (!watch && request.state === 'REQUESTED') return
    const wait = lookAgainIn(request, looks)
    if (wait === null) return
    let gone = false
    const timer = setTimeout(() => {
      // Nobody looks: the next look will tell.
      if (document.visibilityState === 'hidden') {
        setLooks((count) => count + 1)
        return
      }
      const param = { id: request.id }
      void outcomeOf(api.api.v1.support.refunds[':id'].$get({ param })).then((read) => {
        if (gone) return
        if (read.ok) take(read.value)
        setLooks((count) => count + 1)
      })
    }, wait)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [request, looks, watch])
  return { request, take }
}
