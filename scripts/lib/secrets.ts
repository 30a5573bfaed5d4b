import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './place.ts'
import { parseVars } from './vars-file.ts'

const letters = (bytes: number) => randomBytes(bytes).toString('hex')

function signingKeys(): string {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { kty, crv, x, d } = privateKey.export({ format: 'jwk' })
  return JSON.stringify([{ kty, crv, kid: `key-${letters(4)}`, x, d }])
}

function encryptionKeys(): string {
  const key = randomBytes(32).toString('base64url')
  return JSON.stringify([{ id: `key-${letters(4)}`, key }])
}

const MAKERS = {
  JWT_KEYS: signingKeys,
  LINK_SECRET: () => letters(32),
  ENCRYPTION_KEYS: encryptionKeys,
  TOSS_SECRET_KEY: () => `test_sk_${letters(16)}`,
  TOSS_CLIENT_KEY: () => `test_ck_${letters(16)}`,
  CONTROL_TOKEN: () => letters(24),
  METRICS_TOKEN: () => letters(24),
} as const
type SecretName = keyof typeof MAKERS

/** New values of what a deployment makes for itself; providers give the rest. */
export const OWN_SECRETS = {
  JWT_KEYS: MAKERS.JWT_KEYS,
  LINK_SECRET: MAKERS.LINK_SECRET,
  ENCRYPTION_KEYS: MAKERS.ENCRYPTION_KEYS,
  METRICS_TOKEN: MAKERS.METRICS_TOKEN,
}

const APP_FILE = join(ROOT, '.dev.vars')
const SANDBOX_FILE = join(ROOT, 'sandbox', '.dev.vars')

const readIfThere = (path: string) => readFile(path, 'utf8').catch(() => '')

/** Adds lines for what is missing and leaves the rest of the file as it stands. */
async function addMissing(
  path: string,
  names: readonly SecretName[],
  valueOf: (name: SecretName) => string,
): Promise<readonly SecretName[]> {
  const text = await readIfThere(path)
  const present = parseVars(text)
  const missing = names.filter((name) => !present.get(name))
  if (missing.length === 0) return []
  const kept = text === '' || text.endsWith('\n') ? text : `${text}\n`
  const lines = missing.map((name) => `${name}='${valueOf(name)}'\n`)
  await writeFile(path, kept + lines.join(''), { mode: 0o600 })
  return missing
}

/** Makes the local secrets that are not there yet; returns the names of what it made. */
export async function ensureSecrets(): Promise<readonly string[]> {
  const names = Object.keys(MAKERS) as SecretName[]
  const made = await addMissing(APP_FILE, names, (name) => MAKERS[name]())
  const own = parseVars(await readIfThere(APP_FILE))
  await shareControlToken(own.get('CONTROL_TOKEN') ?? '')
  return made
}

/** A setting that somebody wrote into `.dev.vars`. */
export const localSetting = async (name: string): Promise<string | undefined> =>
  parseVars(await readIfThere(APP_FILE)).get(name)

/** The sandbox moves the app's clock with the same token. */
async function shareControlToken(token: string): Promise<void> {
  const text = await readIfThere(SANDBOX_FILE)
  if (parseVars(text).get('CONTROL_TOKEN') === token) return
  const others = text
    .split('\n')
    .filter((line) => line !== '' && !/^\s*CONTROL_TOKEN\s*=/.test(line))
  const lines = [...others, `CONTROL_TOKEN='${token}'`]
  await writeFile(SANDBOX_FILE, `${lines.join('\n')}\n`, { mode: 0o600 })
}
