import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Migration } from './expand-only.ts'
import { digestOf } from './kept.ts'

const moduleOf = <T>(checkout: string, ...path: string[]): Promise<T> =>
  import(pathToFileURL(join(checkout, ...path)).href) as Promise<T>

/** The migrations of D1 in a checkout, in order: file → statements. */
export async function d1Migrations(checkout: string): Promise<Migration[]> {
  const folder = join(checkout, 'migrations')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  return Promise.all(
    files.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8')
      return { name, statements: text.split('--> statement-breakpoint') }
    }),
  )
}

/** The object's migrations in a checkout, in order. */
export async function objectMigrations(checkout: string): Promise<readonly Migration[]> {
  const path = ['src', 'restaurant', 'migrations', 'migrate.ts']
  const { MIGRATIONS } = await moduleOf<{ MIGRATIONS: readonly Migration[] }>(checkout, ...path)
  return MIGRATIONS
}

export const digestsOf = (migrations: readonly Migration[]): Record<string, string> =>
  Object.fromEntries(
    migrations.map(({ name, statements }) => [name, digestOf(statements.join('\n'))]),
  )

/** The API document of a checkout; where it is served is not part of it. */
export async function apiOf(checkout: string): Promise<unknown> {
  interface Http {
    createApp: () => unknown
    apiDocument: (app: unknown) => object
  }
  const { createApp } = await moduleOf<Http>(checkout, 'src', 'http', 'app.ts')
  const { apiDocument } = await moduleOf<Http>(checkout, 'src', 'http', 'openapi-document.ts')
  const document: unknown = JSON.parse(JSON.stringify(apiDocument(createApp())))
  return document
}
