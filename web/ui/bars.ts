export interface Bar {
  x: number
  y: number
  width: number
  height: number
}

/** Bars side by side in a picture of that size, the highest as high as the picture; none below zero. */
export function barsOf(
  values: readonly number[],
  { width, height, gap }: { width: number; height: number; gap: number },
): Bar[] {
  const most = Math.max(1, ...values)
  const room = width / Math.max(1, values.length)
  return values.map((value, at) => {
    const high = (Math.max(0, value) / most) * height
    return { x: at * room + gap / 2, y: height - high, width: room - gap, height: high }
  })
}
