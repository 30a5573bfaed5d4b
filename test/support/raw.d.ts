/** A file's text, as vite hands it in. */
declare module '*?raw' {
  const text: string
  export default text
}
