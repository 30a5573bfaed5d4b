import { render } from 'preact'
import { App } from './app.tsx'
import { begin } from './state.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)
void begin()
