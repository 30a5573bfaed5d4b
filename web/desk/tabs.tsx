/** Parts of a view, each with an address of its own. */
export const Tabs = ({
  label,
  chosen,
  tabs,
}: {
  label: string
  chosen: string
  tabs: readonly (readonly [name: string, href: string, text: string])[]
}) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(([name, href, text]) => (
      <a key={name} href={href} {...(name === chosen && { 'aria-current': 'page' as const })}>
        {text}
      </a>
    ))}
  </nav>
)
