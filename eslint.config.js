import tseslint from 'typescript-eslint'

const forbid = (names, message) => ({
  'no-restricted-imports': ['error', { patterns: [{ group: names, message }] }],
})

export default tseslint.config(
  { ignores: ['node_modules', 'assets', 'dist', 'coverage', '.wrangler', '.dev', '*.config.*'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { varsIgnorePattern: '^_', argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['src/domain/**'],
    rules: {
      ...forbid(['zod', 'drizzle-orm*', 'hono*', 'cloudflare:*', 'node:*'], 'the domain is pure'),
      'no-restricted-globals': ['error', 'crypto', 'fetch', 'console', 'setTimeout'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'time comes in as an argument' },
        { object: 'Math', property: 'random', message: 'randomness comes in as an argument' },
      ],
    },
  },
  {
    files: ['src/usecases/**'],
    rules: forbid(
      ['drizzle-orm*', 'hono*', 'cloudflare:*', '**/env.ts'],
      'use cases know Deps only',
    ),
  },
  {
    files: ['src/restaurant/**'],
    rules: forbid(['hono*', '@hono/*', 'zod'], 'inputs were parsed at the edge'),
  },
  {
    files: ['web/**/*.tsx'],
    // Markup is long and flat.
    rules: { 'max-lines-per-function': ['error', { max: 130 }] },
  },
  {
    files: ['test/**', 'bench/**', 'scripts/**', 'sandbox/**'],
    rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
)
