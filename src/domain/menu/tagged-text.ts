/** A tag, and after a line break the text that it stands for, where the reader does not have it. */
export type TaggedText = string

const BREAK = '\n'

export const taggedText = (tag: string, text: string): TaggedText => tag + BREAK + text

/** `text` is null where the tag came alone. */
export function partsOf(tagged: TaggedText): { tag: string; text: string | null } {
  const end = tagged.indexOf(BREAK)
  if (end === -1) return { tag: tagged, text: null }
  return { tag: tagged.slice(0, end), text: tagged.slice(end + BREAK.length) }
}
