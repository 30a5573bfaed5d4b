import type { Look } from './kinds.ts'

export interface Wish {
  look: Look
  seed: number
  width: number
  height: number
  /** From 0 to 255: the grain of a photograph, which is most of its weight. */
  grain: number
}

/** Draws a dish as seen from above, in a browser's page; gives a WebP's bytes in base64. Stands alone. */
export async function drawDish({ look, seed, width, height, grain }: Wish): Promise<string> {
  const { kind, colours, count, board } = look
  const [light, dark] = colours
  const canvas = new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d')
  if (pen === null) throw new Error('nothing to draw on')
  // Looks like chance and is always the same (a multiplicative congruential generator).
  let state = (seed * 2_654_435_761 + 1) % 2_147_483_647
  const chance = (from: number, to: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return from + ((to - from) * state) / 2_147_483_647
  }
  const [cx, cy, r] = [width / 2, height / 2, Math.min(width, height) * 0.42]

  const ball = (x: number, y: number, size: number, from: string, to: string): CanvasGradient => {
    const glow = pen.createRadialGradient(x - size / 3, y - size / 3, size / 8, x, y, size * 1.1)
    glow.addColorStop(0, from)
    glow.addColorStop(1, to)
    return glow
  }
  const shadow = (blur: number): void => {
    pen.shadowColor = blur === 0 ? 'transparent' : 'rgb(20 10 0 / 45%)'
    pen.shadowBlur = blur * r
    pen.shadowOffsetY = blur * r * 0.5
  }
  const disc = (x: number, y: number, size: number, fill: string | CanvasGradient): void => {
    pen.beginPath()
    pen.arc(x, y, size, 0, 7)
    pen.fillStyle = fill
    pen.fill()
  }
  /** A lump with an uneven edge. */
  const lump = (x: number, y: number, size: number): void => {
    pen.beginPath()
    const turn = chance(0, 6)
    for (let at = 0; at <= 14; at += 1) {
      const angle = turn + (at * Math.PI * 2) / 14
      const reach = size * (at % 14 === 0 ? 1 : chance(0.82, 1.12))
      pen.lineTo(x + Math.cos(angle) * reach * 1.25, y + Math.sin(angle) * reach)
    }
    pen.closePath()
    pen.lineJoin = 'round'
    pen.fillStyle = ball(x, y, size, light, dark)
    shadow(0.06)
    pen.fill()
    shadow(0)
    for (let crumb = 0; crumb < 9; crumb += 1)
      disc(
        x + chance(-0.8, 0.8) * size,
        y + chance(-0.6, 0.6) * size,
        size * chance(0.05, 0.13),
        `rgb(255 ${chance(200, 235)} 150 / ${chance(12, 40)}%)`,
      )
  }
  const within = (share: number): [number, number] => {
    const angle = chance(0, Math.PI * 2)
    const far = Math.sqrt(chance(0, 1)) * r * share
    return [cx + Math.cos(angle) * far, cy + Math.sin(angle) * far]
  }

  const ground = pen.createLinearGradient(0, 0, width, height)
  ground.addColorStop(0, board)
  ground.addColorStop(1, `color-mix(in srgb, ${board}, black 28%)`)
  pen.fillStyle = ground
  pen.fillRect(0, 0, width, height)
  for (let line = 0; line < 40; line += 1) {
    pen.fillStyle = `rgb(0 0 0 / ${chance(1, 6)}%)`
    pen.fillRect(0, chance(0, height), width, chance(1, height / 60))
  }

  if (kind === 'glass' || kind === 'bottle') {
    const tall = kind === 'bottle' ? 1 : 0.82
    const half = kind === 'bottle' ? 0.26 : 0.42
    const top = cy - r * tall
    pen.beginPath()
    if (kind === 'bottle') {
      pen.roundRect(cx - r * 0.11, top, r * 0.22, r * 0.8, r * 0.05)
      pen.roundRect(cx - r * half, top + r * 0.55, r * half * 2, r * 1.5, r * 0.16)
    } else
      pen.roundRect(cx - r * half, top, r * half * 2, r * 1.75, [
        r * 0.06,
        r * 0.06,
        r * 0.2,
        r * 0.2,
      ])
    const body = pen.createLinearGradient(cx - r * half, 0, cx + r * half, 0)
    body.addColorStop(0, dark)
    body.addColorStop(0.35, light)
    body.addColorStop(1, dark)
    pen.fillStyle = body
    shadow(0.12)
    pen.fill()
    shadow(0)
    pen.fillStyle = 'rgb(255 255 255 / 28%)'
    pen.fillRect(
      cx - r * half * 0.72,
      top + r * (kind === 'bottle' ? 0.7 : 0.2),
      r * 0.07,
      r * 1.15,
    )
    if (kind === 'bottle') {
      pen.fillStyle = '#f4ead7'
      pen.fillRect(cx - r * half, top + r * 1.05, r * half * 2, r * 0.6)
      disc(cx, top + r * 1.35, r * 0.17, dark)
    } else {
      for (let ice = 0; ice < count; ice += 1) {
        pen.save()
        pen.translate(cx + chance(-0.24, 0.24) * r, top + chance(0.2, 0.75) * r)
        pen.rotate(chance(0, 2))
        pen.fillStyle = 'rgb(255 255 255 / 32%)'
        pen.fillRect(-r * 0.12, -r * 0.12, r * 0.24, r * 0.24)
        pen.restore()
      }
      if (count === 0)
        for (let foam = 0; foam < 26; foam += 1)
          disc(
            cx + chance(-0.36, 0.36) * r,
            top + chance(-0.08, 0.16) * r,
            r * chance(0.06, 0.12),
            '#fff7e6',
          )
    }
  } else {
    shadow(0.14)
    disc(cx, cy, r * 1.08, '#f3efe8')
    shadow(0)
    disc(cx, cy, r * 0.98, ball(cx, cy, r * 1.3, '#ffffff', '#d8d1c6'))
    if (kind === 'bowl') {
      disc(cx, cy, r * 0.86, ball(cx, cy, r, light, `color-mix(in srgb, ${light}, black 22%)`))
      for (let bit = 0; bit < count; bit += 1) {
        const [x, y] = within(0.68)
        pen.save()
        pen.translate(x, y)
        pen.rotate(chance(0, 3))
        pen.beginPath()
        pen.roundRect(-r * 0.17, -r * 0.055, r * 0.34, r * 0.11, r * 0.055)
        pen.fillStyle = dark
        shadow(0.025)
        pen.fill()
        shadow(0)
        pen.restore()
      }
    }
    if (kind === 'pieces')
      for (let piece = 0; piece < count; piece += 1) {
        const angle = (piece * Math.PI * 2) / Math.max(1, count - 3)
        const inner = piece >= count - 3
        const far = inner ? r * chance(0.05, 0.2) : r * chance(0.42, 0.56)
        lump(cx + Math.cos(angle) * far, cy + Math.sin(angle) * far, r * chance(0.2, 0.27))
      }
    if (kind === 'balls')
      for (let piece = 0; piece < count; piece += 1) {
        const angle = (piece * Math.PI * 2) / count - 1.5
        const [x, y] = [cx + Math.cos(angle) * r * 0.46, cy + Math.sin(angle) * r * 0.46]
        shadow(0.07)
        disc(x, y, r * 0.27, ball(x, y, r * 0.27, light, dark))
        shadow(0)
      }
    if (kind === 'sticks')
      for (let stick = 0; stick < count; stick += 1) {
        const [x, y] = within(0.5)
        pen.save()
        pen.translate(x, y)
        pen.rotate(chance(-1.2, 1.2))
        pen.fillStyle = ball(0, 0, r * 0.5, light, dark)
        shadow(0.04)
        pen.fillRect(-r * 0.4, -r * 0.055, r * 0.8, r * 0.11)
        shadow(0)
        pen.restore()
      }
    // Something green on top.
    for (let leaf = 0; leaf < 12; leaf += 1) {
      const [x, y] = within(0.6)
      pen.beginPath()
      pen.ellipse(x, y, r * 0.035, r * 0.016, chance(0, 3), 0, 7)
      pen.fillStyle = `rgb(${chance(50, 110)} ${chance(130, 170)} 60 / 85%)`
      pen.fill()
    }
  }

  if (grain > 0) {
    const dots = pen.getImageData(0, 0, width, height)
    for (let at = 0; at < dots.data.length; at += 4) {
      const more = chance(-grain, grain)
      for (let part = at; part < at + 3; part += 1) dots.data[part] = (dots.data[part] ?? 0) + more
    }
    pen.putImageData(dots, 0, 0)
  }
  const file = await canvas.convertToBlob({ type: 'image/webp', quality: 0.8 })
  const bytes = new Uint8Array(await file.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
