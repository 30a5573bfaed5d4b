import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Works in a container too, where the browser's own walls need more rights than one has. */
export const BROWSER_FLAGS = ['--no-sandbox', '--disable-dev-shm-usage']

/** Where the system's browser is; throws with what to do where there is none. */
export function browserPath(): string {
  const path = [process.env['CHROMIUM'], ...PLACES].find(
    (one) => one !== undefined && existsSync(one),
  )
  if (path !== undefined) return path
  throw new Error(
    'No browser: install one (Debian: apt-get install chromium fonts-noto-cjk), or say where it is (CHROMIUM=…).',
  )
}

/** The browser of the system; the library brings none. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath(), args: BROWSER_FLAGS })
