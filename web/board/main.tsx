import { render } from 'preact'
import { App } from './app.tsx'
import { stayAwake } from './awake.ts'
import { ringWhileUnseen, unlock } from './ring.ts'
import { begin } from './state.ts'

const root = document.querySelector('#app')
if (root === null) throw new Error('the page has no place for the app')
render(<App />, root)

ringWhileUnseen()
stayAwake()
// Any first tap will do; the browser asks for one after every reload.
document.addEventListener('pointerdown', () => void unlock(), { once: true })
void begin()

if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js')
