import { render } from 'preact'
import { App } from './app.tsx'
import { stayAwake } from './awake.ts'
import { ringWhileUnseen, unlockByAnyTap } from './ring.ts'
import { begin } from './state.ts'
import { dropStraySecondTaps } from '../ui/double-tap.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)
dropStraySecondTaps()

ringWhileUnseen()
stayAwake()
// The browser asks for a tap after every reload.
unlockByAnyTap()
void begin()

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
