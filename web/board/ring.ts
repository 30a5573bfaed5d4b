import { effect, signal } from '@preact/signals'
import { ringing } from './state.ts'

const EVERY_MS = 2_500
/** Two tones, the second higher: heard through an extractor hood, told apart from a phone. */
const TONES = [
  { hertz: 880, at: 0 },
  { hertz: 1_320, at: 0.22 },
  { hertz: 880, at: 0.6 },
  { hertz: 1_320, at: 0.82 },
] as const
const TONE_SECONDS = 0.18

let audio: AudioContext | null = null

/** Whether this browser plays sounds now: it does after the first tap, and forgets after a reload. */
export const audible = signal(false)

/** To be called within a tap: nothing else unlocks sound. */
export async function unlock(): Promise<void> {
  if (audio === null) {
    const made = soundOf()
    if (made === null) return
    audio = made
    // A call, or the device's sleep, takes the sound away, and the page says so.
    made.addEventListener('statechange', () => {
      audible.value = made.state === 'running'
    })
  }
  await audio.resume()
  audible.value = audio.state === 'running'
}

function soundOf(): AudioContext | null {
  const older = (globalThis as { webkitAudioContext?: typeof AudioContext }).webkitAudioContext
  const Sound = (globalThis as { AudioContext?: typeof AudioContext }).AudioContext ?? older
  return Sound === undefined ? null : new Sound()
}

/** Any tap or key will do; what does not count as one (a finger that comes down) is tried in vain. */
export function unlockByAnyTap(): void {
  const attempt = () => {
    if (!audible.value) void unlock().catch(() => undefined)
  }
  for (const name of ['pointerup', 'click', 'keydown']) document.addEventListener(name, attempt)
}

export function chime(): void {
  // What is played while there is no sound would all be heard at once when it comes back.
  if (audio?.state !== 'running') return
  for (const { hertz, at } of TONES) {
    const start = audio.currentTime + at
    const tone = audio.createOscillator()
    const loudness = audio.createGain()
    tone.frequency.value = hertz
    tone.type = 'square'
    // A sudden start or end clicks.
    loudness.gain.setValueAtTime(0, start)
    loudness.gain.linearRampToValueAtTime(0.35, start + 0.02)
    loudness.gain.linearRampToValueAtTime(0, start + TONE_SECONDS)
    tone.connect(loudness).connect(audio.destination)
    tone.start(start)
    tone.stop(start + TONE_SECONDS)
  }
}

/** Rings for as long as an order waits to be seen, and shakes where the device can. */
export function ringWhileUnseen(): void {
  let timer: ReturnType<typeof setInterval> | undefined
  const once = () => {
    chime()
    if ('vibrate' in navigator) navigator.vibrate([200, 100, 200])
  }
  effect(() => {
    const rings = ringing.value.length > 0
    if (rings && timer === undefined) {
      once()
      timer = setInterval(once, EVERY_MS)
    } else if (!rings) {
      clearInterval(timer)
      timer = undefined
    }
  })
}
