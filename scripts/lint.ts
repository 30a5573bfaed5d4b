// ESLint with types, and the rooms. Part by part, since ESLint keeps the types of everything it has
// seen: all of it at once does not fit into the memory that Node gives a process.
import { spawnSync } from 'node:child_process'

const PARTS = ['src', 'test', 'web'] as const

const without = (folders: readonly string[]): string[] =>
  folders.flatMap((folder) => ['--ignore-pattern', folder])

const COMMANDS: readonly (readonly [command: string, ...args: string[]])[] = [
  ['eslint', 'src'],
  ['eslint', 'test', ...without(['test/web', 'test/pages'])],
  ['eslint', 'web', 'test/web', 'test/pages'],
  // Whatever else there is.
  ['eslint', '.', ...without(PARTS)],
  ['depcruise', 'src', 'web', '--config', 'rooms.config.js', '--progress', 'none'],
]

const failed = COMMANDS.filter(
  ([command, ...args]) => spawnSync(command, args, { stdio: 'inherit' }).status !== 0,
)
process.exitCode = failed.length === 0 ? 0 : 1
