import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..')
/** Data, logs and notes of development; another folder keeps a second server's apart. */
export const DEV_FOLDER = process.env['DEV_FOLDER'] ?? join(ROOT, '.dev')
export const PID_FILE = join(DEV_FOLDER, 'dev.json')

/** Where one pair of servers lives: its ports, its data, its logs. */
export interface Place {
  appPort: number
  sandboxPort: number
  /** Origin of the app, without a slash at the end. */
  app: string
  sandbox: string
  state: string
  logs: string
}

const originOf = (port: number) => `http://127.0.0.1:${port}`

export const placeAt = (folder: string, appPort: number, sandboxPort: number): Place => ({
  appPort,
  sandboxPort,
  app: originOf(appPort),
  sandbox: originOf(sandboxPort),
  state: join(folder, 'state'),
  logs: join(folder, 'logs'),
})

function portFrom(name: string, fallback: number): number {
  const text = process.env[name] ?? ''
  if (text === '') return fallback
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`${name} must be a port number, not "${text}"`)
}

/** The development servers, at PORT and SANDBOX_PORT where these are set. */
export const developmentPlace = (): Place =>
  placeAt(DEV_FOLDER, portFrom('PORT', 8787), portFrom('SANDBOX_PORT', 8788))

/** What to do when no development server is where one was looked for. */
export const nothingAnswers = (app: string): string =>
  `Nothing answers at ${app}: start it with npm run dev, ` +
  'or set PORT (and DEV_FOLDER) here as they are set there.'
