/** What a dish looks like: its vessel, the colours of what is in it, and how many pieces. */
export interface Look {
  kind: 'pieces' | 'balls' | 'sticks' | 'bowl' | 'glass' | 'bottle'
  colours: readonly [string, string]
  count: number
  board: string
}

const WOOD = '#c99a6b'
const SLATE = '#5b6168'
const CLOTH = '#d9e0d4'

/** The demo restaurant's dishes. */
export const LOOKS: Readonly<Record<string, Look>> = {
  '뼈치킨 한 마리': { kind: 'pieces', colours: ['#e8a53c', '#9c5413'], count: 9, board: WOOD },
  순살치킨: { kind: 'pieces', colours: ['#f0b955', '#b06a1c'], count: 14, board: CLOTH },
  간장마늘치킨: { kind: 'pieces', colours: ['#a8642a', '#4d260c'], count: 10, board: SLATE },
  불닭발: { kind: 'pieces', colours: ['#d9481f', '#7c1607'], count: 12, board: WOOD },
  '한정 통마늘 바베큐': { kind: 'pieces', colours: ['#c4702a', '#5c2609'], count: 7, board: SLATE },
  감자튀김: { kind: 'sticks', colours: ['#f7d774', '#d39a2a'], count: 26, board: WOOD },
  치즈볼: { kind: 'balls', colours: ['#f3c668', '#bb7b1f'], count: 5, board: CLOTH },
  '국물 떡볶이': { kind: 'bowl', colours: ['#d63b1c', '#f6e3cf'], count: 11, board: SLATE },
  코울슬로: { kind: 'bowl', colours: ['#eef0cf', '#b9d08a'], count: 18, board: WOOD },
  공깃밥: { kind: 'bowl', colours: ['#f6f3ec', '#ffffff'], count: 30, board: CLOTH },
  콜라: { kind: 'glass', colours: ['#3a1710', '#6b2f1e'], count: 5, board: WOOD },
  사이다: { kind: 'glass', colours: ['#dff1f2', '#b6dfe3'], count: 7, board: SLATE },
  '유자 에이드': { kind: 'glass', colours: ['#f7d95a', '#f0b52c'], count: 6, board: CLOTH },
  '생맥주 500cc': { kind: 'glass', colours: ['#f2b632', '#d98e15'], count: 0, board: WOOD },
  병맥주: { kind: 'bottle', colours: ['#7a4312', '#3e1f06'], count: 1, board: SLATE },
  소주: { kind: 'bottle', colours: ['#3f9a5b', '#1b5e34'], count: 1, board: WOOD },
}
