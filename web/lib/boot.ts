/** What the Worker wrote into the page, so that the first view needs no further call. */
export function readBoot(): unknown {
  const text = document.querySelector('#boot')?.textContent
  return text === undefined || text === '' ? null : JSON.parse(text)
}
