import { render } from 'preact'
import { App } from './app.tsx'
import { begin } from './state.ts'
import { dropStraySecondTaps } from '../ui/double-tap.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)
dropStraySecondTaps()
void begin()
