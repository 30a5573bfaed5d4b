import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { chooseLocale, locale } from '../lib/i18n.ts'
import { keepFocus } from './keep-focus.ts'
import { Toasts } from './toasts.tsx'
import { t } from './words.ts'

export const Language = () => (
  <button
    type="button"
    class="button"
    lang={locale.value === 'ko' ? 'en' : 'ko'}
    onClick={() => chooseLocale(locale.value === 'ko' ? 'en' : 'ko')}
  >
    {t('language')}
  </button>
)

/** Who works sees this around every view: where they are, where else they can go, the way out. */
export function Workplace({
  name,
  label,
  title,
  place,
  places,
  tools,
  onSignOut,
  children,
}: {
  name: string
  /** What the navigation is called. */
  label: string
  title: string
  /** The view that is shown, by its name in the address. */
  place: string
  places: readonly (readonly [place: string, text: string])[]
  tools?: ComponentChildren
  onSignOut: () => void
  children: ComponentChildren
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const main = useRef<HTMLElement>(null)
  const nav = useRef<HTMLElement>(null)
  const first = useRef(true)
  useEffect(
    () => (main.current === null ? undefined : keepFocus(main.current, () => heading.current)),
    [],
  )
  useEffect(() => {
    showCurrent(nav.current)
    // Whoever went elsewhere hears where they are; whoever just came in starts at the top.
    if (first.current) first.current = false
    else heading.current?.focus()
  }, [place])
  return (
    <div class="workplace">
      <a class="skip" href="#content" onClick={(event) => skip(event, heading.current)}>
        {t('skip')}
      </a>
      <header class="top">
        <p class="top__name">{name}</p>
        <div class="top__tools">
          {tools}
          <Language />
          <button type="button" class="button button--plain" onClick={onSignOut}>
            {t('signOut')}
          </button>
        </div>
      </header>
      <nav ref={nav} class="nav" aria-label={label}>
        <ul>
          {places.map(([one, text]) => (
            <li key={one}>
              <a href={`#${one}`} {...(one === place && { 'aria-current': 'page' as const })}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main ref={main} id="content" class="main stack">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
      <Toasts />
    </div>
  )
}

/** The address names the view; a jump inside the page must not change it. */
function skip(event: Event, heading: HTMLElement | null): void {
  event.preventDefault()
  heading?.focus()
}

/** On a phone the places stand side by side, more of them than there is room for. */
function showCurrent(nav: HTMLElement | null): void {
  const link = nav?.querySelector<HTMLElement>('[aria-current]')
  if (nav == null || link == null || nav.scrollWidth <= nav.clientWidth) return
  nav.scrollLeft += link.getBoundingClientRect().left - nav.getBoundingClientRect().left - 16
}
