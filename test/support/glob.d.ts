interface ImportMeta {
  /** Vite's: files by pattern; only what is `eager` is loaded. */
  glob<T = unknown>(
    patterns: readonly string[],
    options: { query: string; import: string; eager: true },
  ): Record<string, T>
  glob(patterns: readonly string[]): Record<string, () => Promise<unknown>>
}
