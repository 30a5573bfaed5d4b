import type { DomainEvent } from '../events.ts'

/** Numbers of an epoch without a gap, both ends included. */
export interface Span {
  epoch: number
  fromSeq: number
  toSeq: number
}

/** The numbers of one restaurant's events in stretches without a gap; repeats count once. */
export function spansOf(events: readonly Pick<DomainEvent, 'epoch' | 'seq'>[]): Span[] {
  const spans: Span[] = []
  for (const { epoch, seq } of events.toSorted((a, b) => a.epoch - b.epoch || a.seq - b.seq)) {
    const last = spans.at(-1)
    if (last?.epoch === epoch && seq <= last.toSeq + 1) last.toSeq = seq
    else spans.push({ epoch, fromSeq: seq, toSeq: seq })
  }
  return spans
}
