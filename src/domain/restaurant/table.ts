export interface TableState {
  id: string
  name: string
  /** What the QR code carries beside the id; knowing it proves a scan. */
  code: string
  openVisitId: string | null
  deleted: boolean
}

export interface VisitState {
  id: string
  tableId: string
  openedAt: number
  closedAt: number | null
}
