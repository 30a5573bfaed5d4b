export interface Migration {
  name: string
  statements: readonly string[]
}

/** A statement that takes something away, a release after nothing asked for it any more. */
export interface ContractStep {
  migration: string
  /** Its beginning, as it stands there. */
  statement: string
  /** The release from which on no code used what it takes away. */
  unused_since: string
  reason: string
}

export interface Finding {
  migration: string
  statement: string
  /** Why the version that runs meanwhile could not live with it. */
  problem: string
}

interface Known {
  /** Tables that this very release makes: nobody else knows them yet. */
  tables: ReadonlySet<string>
}

const NAME = String.raw`[\x60"\[]?(\w+)[\x60"\]]?`
const rule = (pattern: string) => new RegExp(pattern.replaceAll('NAME', NAME), 'i')

const CREATES_TABLE = rule(String.raw`^CREATE (?:VIRTUAL )?TABLE (?:IF NOT EXISTS )?NAME`)
const ADDS_COLUMN = rule(String.raw`^ALTER TABLE NAME ADD (?:COLUMN )?NAME ?(.*)$`)
const UNIQUE_INDEX = rule(String.raw`^CREATE UNIQUE INDEX (?:IF NOT EXISTS )?NAME ON NAME`)
const TRIGGER = rule(String.raw`^CREATE TRIGGER (?:IF NOT EXISTS )?NAME .*?\bON NAME`)
const TABLE_OF_DELETE = rule(String.raw`^DELETE FROM NAME`)

/** What may be done to anything at any time. */
const HARMLESS = [
  /^CREATE INDEX /i,
  /^(?:INSERT|REPLACE|UPDATE|WITH|SELECT)\b/i,
  /^CREATE VIEW /i,
  /^PRAGMA (?:optimize|foreign_key_check)\b/i,
]

const withoutComments = (sql: string): string => sql.replaceAll(/--[^\n]*/g, ' ')

/** One statement on one line. */
const plain = (statement: string): string =>
  withoutComments(statement).replaceAll(/\s+/g, ' ').trim().replace(/;$/, '')

const WRITES = new RegExp(
  String.raw`\b(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE(?: OR \w+)?|DELETE FROM) ${NAME}`,
  'gi',
)

/** Whether a trigger only keeps what nobody else knows yet, whoever writes. */
function keepsToItself(trigger: string, { tables }: Known): boolean {
  const body = trigger.slice(trigger.search(/\bBEGIN\b/i))
  // `DO UPDATE SET` belongs to the INSERT before it.
  const written = Array.from(
    body.replaceAll(/\bDO UPDATE SET\b/gi, ' ').matchAll(WRITES),
    ([, name = '']) => name,
  )
  return !/\bRAISE\b/i.test(body) && written.every((name) => tables.has(name))
}

function problemOf(statement: string, known: Known): string | null {
  const { tables } = known
  if (statement === '' || CREATES_TABLE.test(statement)) return null
  if (HARMLESS.some((pattern) => pattern.test(statement))) return null
  const [, added, column, type] = ADDS_COLUMN.exec(statement) ?? []
  if (added !== undefined)
    return tables.has(added) ? null : problemOfColumn(column ?? '', type ?? '')
  const [, , unique] = UNIQUE_INDEX.exec(statement) ?? []
  if (unique !== undefined)
    return tables.has(unique) ? null : `may refuse rows of ${unique} that the other version writes`
  const [, , watched] = TRIGGER.exec(statement) ?? []
  if (watched !== undefined)
    return tables.has(watched) || keepsToItself(statement, known)
      ? null
      : `changes what a write to ${watched} does for the other version`
  const [, emptied] = TABLE_OF_DELETE.exec(statement) ?? []
  if (emptied !== undefined) return tables.has(emptied) ? null : `takes rows of ${emptied} away`
  return 'takes away or renames what the other version may use'
}

/** A row that the other version writes does not name the column. */
function problemOfColumn(column: string, type: string): string | null {
  if (/\bNOT NULL\b/i.test(type) && !/\bDEFAULT (?!NULL\b)/i.test(type))
    return `${column} has to be given, and the other version does not know it`
  return null
}

/** What in migrations since the last release is more than an addition, and listed nowhere. */
export function findings(
  migrations: readonly Migration[],
  steps: readonly ContractStep[] = [],
): Finding[] {
  const tables = new Set(
    migrations.flatMap(({ statements }) =>
      statements.flatMap((statement) => CREATES_TABLE.exec(plain(statement))?.[1] ?? []),
    ),
  )
  return migrations.flatMap(({ name, statements }) =>
    statements.flatMap(plainStatements).flatMap((statement) => {
      const problem = problemOf(statement, { tables })
      if (problem === null || steps.some((step) => allows(step, name, statement))) return []
      return [{ migration: name, statement: statement.slice(0, 120), problem }]
    }),
  )
}

/** A part may hold several, but a trigger's body holds semicolons of its own. */
function plainStatements(text: string): string[] {
  const bare = withoutComments(text)
  return /^\s*CREATE TRIGGER/i.test(bare) ? [plain(bare)] : bare.split(';').map(plain)
}

const allows = (step: ContractStep, migration: string, statement: string): boolean =>
  step.migration === migration && statement.startsWith(plain(step.statement))

const numbersOf = (version: string): number[] => version.split('.').map(Number)

/** What is listed wrongly: without a reason, or for something that the last release still used. */
export function wrongSteps(steps: readonly ContractStep[], previous: string): string[] {
  return steps.flatMap(({ migration, reason, unused_since }) => [
    ...(reason.trim().length < 10 ? [`${migration}: why is it safe to take away?`] : []),
    ...(isAfter(unused_since, previous)
      ? [`${migration}: unused only since ${unused_since}, and ${previous} is still running`]
      : []),
  ])
}

function isAfter(version: string, other: string): boolean {
  const [mine, theirs] = [numbersOf(version), numbersOf(other)]
  for (const [at, number] of mine.entries())
    if (number !== (theirs[at] ?? 0)) return number > (theirs[at] ?? 0)
  return false
}
