const ID = /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i

/** Whether a text could name anything at all: an address may hold whatever somebody typed. */
export const isId = (text: string): boolean => ID.test(text)

/** The end of an id tells things apart; its beginning is nearly the same for all of a day. */
export const shortId = (id: string): string => `…${id.slice(-6)}`
