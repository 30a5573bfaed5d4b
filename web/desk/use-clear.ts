import { useEffect, useState } from 'preact/hooks'

/** Something in clear for as long as its view is shown: in no storage, and gone with the page. */
export function useClear<T>() {
  const [clear, setClear] = useState<T | null>(null)
  useEffect(() => {
    // A page that the browser keeps for "back" would come back with it.
    const leave = () => setClear(null)
    addEventListener('pagehide', leave)
    return () => removeEventListener('pagehide', leave)
  }, [])
  return [clear, setClear] as const
}
