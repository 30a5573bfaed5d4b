import { html } from 'hono/html'

/** Swagger UI sets style attributes and draws its icons from data: URLs; scripts are ours alone. */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The page around Swagger UI; its files are copied to assets/docs/ by scripts/build-assets.ts. */
export const docsPage = () =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>OrderSync API</title>
        <link rel="icon" href="/docs/favicon-32x32.png" />
        <link rel="stylesheet" href="/docs/swagger-ui.css" />
      </head>
      <body>
        <div id="swagger-ui"></div>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/start.js"></script>
      </body>
    </html>`
