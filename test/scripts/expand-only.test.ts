import { describe, expect, it } from 'vitest'
import contractSteps from '../../releases/contract-steps.json?raw'
import release from '../../releases/previous/release.json?raw'
import {
  findings,
  wrongSteps,
  type ContractStep,
  type Migration,
} from '../../scripts/releases/expand-only.ts'
import { MIGRATIONS } from '../../src/restaurant/migrations/migrate.ts'

const since = (statements: readonly string[]) => findings([{ name: '0099-probe', statements }])

describe('a migration while two versions run', () => {
  it.each([
    ['a table', ['CREATE TABLE `a` (`id` text PRIMARY KEY NOT NULL)']],
    ['a table for searching', ["CREATE VIRTUAL TABLE a USING fts5 (text, tokenize = 'unicode61')"]],
    ['an index', ['CREATE INDEX orders_by_day ON orders (day)']],
    ['a column that may be empty', ['ALTER TABLE `orders` ADD `note` text;']],
    ['a column with a default', ["ALTER TABLE orders ADD COLUMN s TEXT NOT NULL DEFAULT 'x'"]],
    ['a reference that may be empty', ['ALTER TABLE orders ADD c text REFERENCES coupons(id)']],
    [
      'a checked column, which may be empty all the same',
      ['ALTER TABLE o ADD c int CHECK (c > 0)'],
    ],
    ['rows filled in', ["UPDATE orders SET s = 'x' WHERE s IS NULL", 'INSERT INTO a VALUES (1)']],
    [
      'anything to a table of its own',
      [
        'CREATE TABLE a (id TEXT) STRICT',
        'CREATE UNIQUE INDEX a_by_id ON a (id)',
        'ALTER TABLE a ADD b TEXT NOT NULL',
        'CREATE TRIGGER a_kept BEFORE DELETE ON a BEGIN SELECT RAISE(ABORT, "kept"); END',
        'DELETE FROM a',
      ],
    ],
    ['two statements in one part', ['CREATE TABLE a (id TEXT); CREATE INDEX i ON a (id);']],
    [
      'a trigger that keeps to a table of its own',
      [
        'CREATE TABLE `sums` (`day` text PRIMARY KEY, `n` integer)',
        'CREATE TRIGGER t AFTER INSERT ON orders WHEN new.n > 0 BEGIN\n' +
          "  INSERT INTO `sums` VALUES ('x', 1) ON CONFLICT DO UPDATE SET n = n + 1;\n" +
          '  UPDATE sums SET n = n + 1; DELETE FROM sums WHERE n = 0;\nEND;',
      ],
    ],
    ['a comment with a semicolon', ['-- so it is; then\nINSERT INTO a VALUES (1)']],
    ['a comment', ['-- DROP TABLE orders\nCREATE INDEX i ON orders (id)']],
  ] as [string, string[]][])('may add %s', (_, statements) => {
    expect(since(statements)).toEqual([])
  })

  it.each([
    ['DROP TABLE `orders`', 'takes away'],
    ['DROP INDEX orders_by_key', 'takes away'],
    ['DROP VIEW v', 'takes away'],
    ['DROP TRIGGER t', 'takes away'],
    ['ALTER TABLE orders DROP COLUMN note', 'takes away or renames'],
    ['ALTER TABLE `orders` RENAME TO `old_orders`', 'takes away or renames'],
    ['ALTER TABLE orders RENAME COLUMN a TO b', 'takes away or renames'],
    ['ALTER TABLE orders ADD note TEXT NOT NULL', 'has to be given'],
    ['ALTER TABLE `orders` ADD COLUMN `n` integer NOT NULL DEFAULT NULL', 'has to be given'],
    ['ALTER TABLE orders ADD n INT CHECK (n IS NOT NULL)', 'has to be given'],
    ['CREATE UNIQUE INDEX one ON orders (number)', 'may refuse rows'],
    ['CREATE TRIGGER t AFTER INSERT ON orders BEGIN DELETE FROM carts; END', 'changes what'],
    [
      'CREATE TRIGGER t AFTER INSERT ON orders BEGIN SELECT RAISE(ABORT, "no"); END',
      'changes what',
    ],
    [
      '-- first\nCREATE TRIGGER t AFTER UPDATE ON orders BEGIN UPDATE orders SET n = 1; END',
      'changes',
    ],
    ['DELETE FROM orders', 'takes rows'],
    ['PRAGMA foreign_keys=OFF', 'takes away'],
    ['CREATE TABLE a (id TEXT); DROP TABLE orders', 'takes away'],
    ['drop\n  table orders', 'takes away'],
  ])('may not: %s', (statement, problem) => {
    expect(since([statement])).toMatchObject([
      { migration: '0099-probe', problem: expect.stringContaining(problem) as string },
    ])
  })

  it('is not fooled by a table that is copied over under its old name', () => {
    const copied = [
      'CREATE TABLE `__new_orders` (`id` text)',
      'INSERT INTO `__new_orders` SELECT id FROM `orders`',
      'DROP TABLE `orders`',
      'ALTER TABLE `__new_orders` RENAME TO `orders`',
    ]
    expect(since(copied).map(({ statement }) => statement.split(' ')[0])).toEqual(['DROP', 'ALTER'])
  })
})

describe('a contract step', () => {
  const step: ContractStep = {
    migration: '0099-probe',
    statement: 'DROP TABLE `orders`',
    unused_since: '1.2.0',
    reason: 'nothing has read it since the feed came',
  }
  const drop = { name: '0099-probe', statements: ['DROP TABLE `orders`;'] }

  it('lets one statement of one migration pass', () => {
    expect(findings([drop], [step])).toEqual([])
    expect(findings([drop], [{ ...step, migration: '0098-other' }])).toHaveLength(1)
    expect(findings([drop], [{ ...step, statement: 'DROP TABLE `carts`' }])).toHaveLength(1)
  })

  it.each([
    ['1.2.0', '1.2.0', true],
    ['1.2.0', '1.10.0', true],
    ['1.10.0', '1.2.0', false],
    ['1.2.1', '1.2.0', false],
  ])('of what was unused since %s, with %s running: %s', (unused_since, running, isFine) => {
    expect(wrongSteps([{ ...step, unused_since }], running).length === 0).toBe(isFine)
  })

  it('needs a reason', () => {
    expect(wrongSteps([{ ...step, reason: ' ' }], '1.2.0')).toHaveLength(1)
  })
})

const SQL = import.meta.glob<string>(['../../migrations/*.sql'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** As `npm run release:keep` reads them. */
const d1Migrations = Object.entries(SQL)
  .map(([path, text]) => ({
    name: path.split('/').at(-1) ?? '',
    statements: text.split('--> statement-breakpoint'),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

const digestOf = async (text: string): Promise<string> => {
  const bytes = new Uint8Array(
    await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)),
  )
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

describe('the migrations of this checkout', () => {
  const kept = JSON.parse(release) as {
    version: string
    d1Migrations: Record<string, string>
    objectMigrations: Record<string, string>
  }
  const steps = JSON.parse(contractSteps) as ContractStep[]
  const sets: [string, readonly Migration[], Record<string, string>][] = [
    ['D1', d1Migrations, kept.d1Migrations],
    ['objects', MIGRATIONS, kept.objectMigrations],
  ]

  it.each(sets)('%s: leave what was released as it was', async (_, present, released) => {
    const first = present.slice(0, Object.keys(released).length)
    const digests = first.map(async ({ name, statements }) => [
      name,
      await digestOf(statements.join('\n')),
    ])
    expect(await Promise.all(digests)).toEqual(Object.entries(released))
  })

  it.each(sets)('%s: only add to what the last release knows', (_, present, released) => {
    const added = present.filter(({ name }) => !Object.hasOwn(released, name))
    expect(findings(added, steps)).toEqual([])
  })

  it('take away only what the last release had left', () => {
    expect(wrongSteps(steps, kept.version)).toEqual([])
  })
})
