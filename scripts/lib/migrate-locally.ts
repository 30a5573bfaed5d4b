import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './place.ts'
import { applyMigrations } from './wrangler.ts'

async function presentMigrations(): Promise<string> {
  const files = await readdir(join(ROOT, 'migrations'))
  return `${files
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .join('\n')}\n`
}

/**
 * Brings the local platform database up to date; true when something was applied. Migrations are
 * forward only and never edited, so their names alone say whether there is anything to do.
 */
export async function migrateLocally(state: string): Promise<boolean> {
  const note = join(state, 'migrations.txt')
  const present = await presentMigrations()
  const applied = await readFile(note, 'utf8').catch(() => '')
  if (applied === present) return false
  await mkdir(state, { recursive: true })
  await applyMigrations(state)
  await writeFile(note, present)
  return true
}
