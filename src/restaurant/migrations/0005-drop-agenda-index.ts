/**
 * The agenda holds what open orders owe: some hundred entries, read whole when the alarm rings. An
 * index on them cost a row with every entry that an order makes, moves and removes.
 */
export const dropAgendaIndex = {
  name: '0005-drop-agenda-index',
  statements: ['DROP INDEX agenda_by_due'],
} as const
