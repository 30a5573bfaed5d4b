import type { LogLine } from '../../src/runtime.ts'

const sinks = new Map<string, (line: LogLine) => void>()

/** What the object of this restaurant key logs goes to `sink` from now on. */
export const collectLines = (key: string, sink: (line: LogLine) => void): void =>
  void sinks.set(key, sink)

/** Gives a line of an object to the test that collects them. */
export const toldBy = (key: string | undefined, line: LogLine): void => {
  if (key !== undefined) sinks.get(key)?.(line)
}
