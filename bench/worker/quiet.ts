import { systemRuntime, type Runtime } from '../../src/runtime.ts'

/**
 * Log lines cost what they cost in production: they are built, but not written to a terminal, unless
 * they tell of trouble.
 */
export const quiet: Runtime = {
  ...systemRuntime,
  log: (line) => {
    const text = JSON.stringify(line)
    if (line.level !== 'info') console.error(text)
  },
}
