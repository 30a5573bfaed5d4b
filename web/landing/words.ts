import { reader } from '../lib/i18n.ts'

const ko = {
  language: 'English',
  title: '테이블에서 주문하고, 주방에서 바로 울립니다',
  lead: '손님은 QR 코드를 찍어 메뉴를 보고, 주문하고, 결제하고, 음식이 나올 때까지 지켜봅니다. 사장님의 태블릿은 1초 안에 울립니다.',
  guestTitle: '손님',
  guest: '앱도 회원 가입도 필요 없어요. 와이파이가 끊겨도 주문은 꼭 한 번만 들어갑니다.',
  ownerTitle: '사장님',
  owner: '마지막 한 그릇이 두 번 팔리지 않고, 손님이 두 번 결제하지 않습니다.',
  boardLink: '주문판 열기',
  officeLink: '사무실 열기',
  docsLink: 'API 문서',
  demoTitle: '개발용 데모',
  demoLead: '이 서버는 개발 환경입니다. 아래 계정은 모두 비밀번호가 같아요.',
  password: '비밀번호',
  openTables: '데모 테이블 보기',
  tables: '테이블의 QR 코드가 여는 주소',
  failed: '데모 매장이 아직 없어요. npm run seed 를 실행해 주세요.',
  owner_: '사장님',
  customer: '손님',
  admin: '관리자',
} as const
export type LandingWord = keyof typeof ko

const en: Record<LandingWord, string> = {
  language: '한국어',
  title: 'Order at the table, ring in the kitchen',
  lead: 'Guests scan the QR code, read the menu, order, pay, and watch until the food is there. The owner’s tablet rings within a second.',
  guestTitle: 'Guests',
  guest: 'No app, no account. When the Wi-Fi drops, an order still goes in exactly once.',
  ownerTitle: 'Owners',
  owner: 'The last portion is never sold twice, and nobody is charged twice.',
  boardLink: 'Open the board',
  officeLink: 'Open the office',
  docsLink: 'API documentation',
  demoTitle: 'Demo, for development',
  demoLead: 'This server runs in development. All of these accounts have one password.',
  password: 'Password',
  openTables: 'Show the demo tables',
  tables: 'What the tables’ QR codes open',
  failed: 'There is no demo restaurant yet. Run npm run seed.',
  owner_: 'Owner',
  customer: 'Customer',
  admin: 'Administrator',
}

export const t = reader<LandingWord>({ ko, en })
