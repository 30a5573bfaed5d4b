import { describe, expect, it } from 'vitest'
import npmrc from '../../.npmrc?raw'
import lighthouseLock from '../../bench/lighthouse/package-lock.json?raw'
import lockFile from '../../package-lock.json?raw'
import manifest from '../../package.json?raw'
import release from '../../releases/previous/release.json?raw'
import rooms from '../../rooms.config.js?raw'
import wrangler from '../../wrangler.toml?raw'
import { ACCOUNT_ROLES, type Role } from '../../src/domain/actor.ts'
import { PERMISSIONS } from '../../src/domain/permissions.ts'
import { MIGRATIONS } from '../../src/restaurant/migrations/migrate.ts'

/** The path from the root that a link in a file leads to. */
const targetOf = (file: string, link: string): string =>
  new URL(link, `file:///${file}`).pathname.slice(1)

const fromRoot = <T>(found: Record<string, T>): Map<string, T> =>
  new Map(
    Object.entries(found).map(([path, value]) => [targetOf('test/scripts/this', path), value]),
  )

const TEXTS = fromRoot(
  import.meta.glob<string>(
    ['../../*.md', '../../{docs,sandbox,bench}/**/*.md', '../../migrations/*.sql'],
    { query: '?raw', import: 'default', eager: true },
  ),
)
const FILES = fromRoot(
  import.meta.glob([
    '../../*',
    '../../{src,test,docs,scripts,sandbox,bench,examples,migrations,ops,releases}/**/*',
    '../../.github/workflows/*',
    '!**/.wrangler/**',
  ]),
)
const DOCUMENTS = [...TEXTS.keys()].filter((path) => path.endsWith('.md'))
const READMES = ['README.md', 'README.ko.md']

const read = (path: string): string => {
  const text = TEXTS.get(path)
  if (text === undefined) throw new Error(`${path} is not there`)
  return text
}
/** A file, or a folder with files in it. */
const isThere = (path: string): boolean =>
  FILES.has(path) || [...FILES.keys()].some((file) => file.startsWith(path.replace(/\/?$/, '/')))

const allOf = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, found = '']) => found)
const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].sort()

/** Rows of the tables in a section, cell by cell, without what is dashes or a heading. */
const tableRows = (text: string, first: RegExp): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    )
    .filter(([cell = '']) => first.test(cell))

/** Files and folders named in backticks; `<…>` stands for a name of the reader's own. */
const namedPaths = (text: string): string[] =>
  allOf(text, /`((?:src|test|docs|scripts|sandbox|bench|examples|migrations)\/[^`\s]*)`/g).filter(
    (path) => !path.includes('<'),
  )

const namedScripts = (text: string): string[] => [
  ...allOf(text, /npm run (?:-s )?([a-z][a-z:-]*)/g),
  ...(text.includes('npm test') ? ['test'] : []),
]

/** Commands of the shell blocks, without what is explained between them. */
const commandsOf = (text: string): string =>
  allOf(text, /```(?:sh|bash)\n([\s\S]*?)```/g)
    .join('\n')
    .split('\n')
    .map((line) => line.replace(/\s*(?:^|\s)# .*$/, ''))
    .filter((line) => line.trim() !== '')
    .join('\n')

describe('the documents', () => {
  it.each(DOCUMENTS)('%s leads nowhere that is not there', (document) => {
    const links = allOf(read(document), /\]\(([^)\s#]+)[^)]*\)/g)
    const local = links.filter((link) => !/^[a-z]+:/.test(link))
    expect(local.filter((link) => !isThere(targetOf(document, link)))).toEqual([])
  })

  it.each(DOCUMENTS)('%s names files that exist', (document) => {
    expect(namedPaths(read(document)).filter((path) => !isThere(path))).toEqual([])
  })

  it.each(DOCUMENTS)('%s names npm scripts that exist', (document) => {
    const { scripts } = JSON.parse(manifest) as { scripts: Record<string, string> }
    expect(namedScripts(read(document)).filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
  })

  const written: [string, string][] = [
    ...DOCUMENTS.map((document): [string, string] => [document, read(document)]),
    ['package.json', manifest],
    ['package-lock.json', lockFile],
    ['bench/lighthouse/package-lock.json', lighthouseLock],
    ['.npmrc', npmrc],
    ['wrangler.toml', wrangler],
    ['releases/previous/release.json', release],
  ]
  it.each(written)('%s knows no single machine and no registry', (_, text) => {
    expect(text).not.toMatch(/(?:^|[\s"'`(=])\/(?:home|Users|root|work|tmp|mnt)\//m)
    expect(text).not.toMatch(/"resolved":|^registry\s*=/m)
    const ports = allOf(text, /(?:localhost|127\.0\.0\.1|\[::1\]):(\d+)/g)
    expect(ports.filter((port) => port !== '8787' && port !== '8788')).toEqual([])
  })
})

describe('the README', () => {
  it.each(READMES)('%s has every room of the import rules', (readme) => {
    const described = tableRows(read(readme), /^`src\/[a-z]+`$/).map(([room = '']) => room)
    const held = allOf(rooms, /^ {2}([a-z]+): \[.*\],$/gm).map((room) => `\`src/${room}\``)
    expect(sorted(described)).toEqual(sorted(held))
  })

  it('names tests for what it guarantees', () => {
    const text = read('README.md')
    const section = text.slice(text.indexOf('## What is guaranteed'), text.indexOf('## Daily'))
    const rows = tableRows(section, /^\d+$/)
    expect(rows).toHaveLength(10)
    // A dash: what the promise is about does not exist yet.
    for (const [, promise = '', tests = ''] of rows.filter(([, , cell]) => !cell?.startsWith('—')))
      expect(namedPaths(tests), promise).not.toHaveLength(0)
  })

  it('says the same in both languages: files, scripts, commands', () => {
    const [english = '', korean = ''] = READMES.map(read)
    expect(sorted(namedPaths(korean))).toEqual(sorted(namedPaths(english)))
    expect(sorted(namedScripts(korean))).toEqual(sorted(namedScripts(english)))
    expect(commandsOf(korean)).toBe(commandsOf(english))
  })
})

describe('docs/security.md', () => {
  it('has the matrix of permissions as it is', () => {
    const roles: readonly Role[] = ['GUEST', ...ACCOUNT_ROLES]
    const text = read('docs/security.md')
    expect(tableRows(text, /^permission$/)).toEqual([['permission', ...roles]])
    const granted = Object.entries<readonly Role[]>(PERMISSIONS).map(([permission, who]) => [
      `\`${permission}\``,
      ...roles.map((role) => (who.includes(role) ? '✓' : '')),
    ])
    expect(tableRows(text, /^`[a-z-]+:[a-z-]+`$/)).toEqual(granted)
  })
})

describe('docs/storage.md', () => {
  const named = sorted(
    tableRows(read('docs/storage.md'), /^`[a-z_]+`/).flatMap(([names = '']) =>
      allOf(names, /`([a-z_]+)`/g),
    ),
  )

  it("names every table of the object's and of D1, and no other", () => {
    const statements = MIGRATIONS.flatMap(({ statements }) => statements).join('\n')
    const files = [...TEXTS]
      .flatMap(([path, text]) => (path.endsWith('.sql') ? [text] : []))
      .join('\n')
    const made = [statements, files].flatMap((sql) =>
      allOf(sql, /CREATE (?:VIRTUAL )?TABLE [`"]?(\w+)/g),
    )
    expect(named).toEqual(sorted([...made, 'migrations']))
  })
})

describe('decisions', () => {
  const decisions = DOCUMENTS.filter((path) => /^docs\/decisions\/\d/.test(path))

  it.each(decisions)('%s says what was in the way, what was chosen, and what it costs', (file) => {
    expect(allOf(read(file), /^## (.+)$/gm)).toEqual(['Context', 'Decision', 'Drawback'])
  })

  it('are all in the index', () => {
    const listed = allOf(read('docs/decisions/README.md'), /\]\(([^)]+)\)/g)
    expect(sorted(listed.map((file) => `docs/decisions/${file}`))).toEqual(sorted(decisions))
  })
})
