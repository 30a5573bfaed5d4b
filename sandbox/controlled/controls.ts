import { systemRuntime, type Runtime } from '../../src/runtime.ts'
import type { AppFaults } from '../app-faults.ts'
import { remoteCall } from './cut.ts'

const OFFSET = 'offset_ms'

interface Controls {
  /** Null until read: a server that was killed keeps its clock. */
  offsetMs: number | null
  loseQueueMessages: number
  duplicateQueueMessages: number
  cut: { after: number; times: number; path: string } | null
  d1Down: boolean
}

const NO_FAULTS = {
  loseQueueMessages: 0,
  duplicateQueueMessages: 0,
  cut: null,
  d1Down: false,
} satisfies Omit<Controls, 'offsetMs'>

/** One per isolate: the Worker and its objects share it in development. */
export const controls: Controls = { offsetMs: null, ...NO_FAULTS }

/** Reads the clock once per isolate; to be awaited before anything asks for the time. */
export async function loadControls(store: KVNamespace): Promise<void> {
  if (controls.offsetMs !== null) return
  const stored = Number((await store.get(OFFSET)) ?? 0)
  controls.offsetMs ??= stored
}

export async function setClock(store: KVNamespace, offsetMs: number): Promise<void> {
  controls.offsetMs = offsetMs
  await store.put(OFFSET, String(offsetMs))
}

export function setFaults(change: AppFaults): void {
  controls.loseQueueMessages = change.lose_queue_messages ?? controls.loseQueueMessages
  controls.duplicateQueueMessages =
    change.duplicate_queue_messages ?? controls.duplicateQueueMessages
  controls.d1Down = change.d1_down ?? controls.d1Down
  if (change.cut_after === undefined) return
  controls.cut =
    change.cut_after === null
      ? null
      : { after: change.cut_after, times: change.cut_times ?? 1, path: change.cut_path ?? '/' }
}

export const clearFaults = (): void => void Object.assign(controls, NO_FAULTS)

/** The cut that this request suffers, if one is set for it; counts it. */
export function takeCut(path: string): { after: number } | null {
  const { cut } = controls
  if (!cut || !path.startsWith(cut.path)) return null
  controls.cut = cut.times > 1 ? { ...cut, times: cut.times - 1 } : null
  return { after: cut.after }
}

export const controlledRuntime: Runtime = {
  ...systemRuntime,
  now: () => Date.now() + (controls.offsetMs ?? 0),
  fetch: (request) => remoteCall(() => systemRuntime.fetch(request)),
}
