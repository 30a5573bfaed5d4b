import type { Calls } from '../call.ts'
import { account, guest, partner } from '../people.ts'

export const ACCOUNT_CALLS: Calls = {
  getMe: {},
  exportOwnAccount: {},
  logout: {
    // A partner has no session to end.
    notFor: ({ role, userId }) => role === 'EXTERNAL' && userId === null,
    by: ({ story }, { name, role, work }) =>
      role === 'GUEST'
        ? guest(story, name)
        : role === 'EXTERNAL'
          ? partner(story, name)
          : account(story, role, work, name),
  },
  joinAsGuest: { asks: 'nothing', body: {} },
  joinOnPage: { asks: 'nothing', body: {}, headers: { 'sec-fetch-site': 'same-origin' } },
  // With what is not taken: a wrong password is answered 401.
  changePassword: { body: {}, admitted: 400 },
  listSessions: {},
  endSession: { of: ["a customer's session", "support's session"] },
  endSessions: {},
  createTicket: {},
}
