import { join } from 'node:path'
import { defineConfig } from 'vite'

const page = (name: string) => join(import.meta.dirname, `${name}.html`)

/** The pages, as static files under `/web/` that the Worker serves. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/web/',
  publicDir: join(import.meta.dirname, 'public'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    // What an old tablet's browser can still run.
    target: ['chrome87', 'safari14', 'firefox91'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    emptyOutDir: false,
    rolldownOptions: {
      input: {
        guest: page('guest'),
        board: page('board'),
        office: page('office'),
        desk: page('desk'),
        landing: page('landing'),
        sw: join(import.meta.dirname, 'sw.ts'),
      },
      output: {
        // A service worker is found by its name, which never changes.
        entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
      },
    },
  },
})
