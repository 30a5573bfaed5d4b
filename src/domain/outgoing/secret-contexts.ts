/** What the sealed secrets of partners are bound to: sealed for one thing, they open for no other. */
export const partnerKeyContext = (keyId: string): string => `partner-key/${keyId}`
export const endpointSecretContext = (endpointId: string): string =>
  `partner-endpoint/${endpointId}`
