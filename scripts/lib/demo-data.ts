/** Development only: everyone knows these. */
export const DEMO_PASSWORD = 'tasty-chicken-house'

export interface DemoAccount {
  email: string
  password: string
  name: string
  role: 'OWNER' | 'CUSTOMER' | 'ADMIN' | 'SUPPORT' | 'MARKETING' | 'INVENTORY'
}

const account = (local: string, name: string, role: DemoAccount['role']): DemoAccount => ({
  email: `${local}@demo.ordersync.test`,
  password: DEMO_PASSWORD,
  name,
  role,
})

export const OWNER = account('owner', '김사장', 'OWNER')
export const CUSTOMER = account('customer', '이손님', 'CUSTOMER')
export const ADMIN = account('admin', '박운영', 'ADMIN')
/** Decides what the first proposes. */
export const SECOND_ADMIN = account('admin2', '정검토', 'ADMIN')
export const SUPPORT = account('support', '최상담', 'SUPPORT')
export const MARKETING = account('marketing', '한홍보', 'MARKETING')
export const INVENTORY = account('inventory', '오재고', 'INVENTORY')

/** Who works for the platform, made what they are by the first administrator. */
export const TEAM: readonly DemoAccount[] = [SECOND_ADMIN, SUPPORT, MARKETING, INVENTORY]

export const RESTAURANT_NAME = '맛있는 치킨집'

/** Ways to pay that the sandbox can play. */
export const PAYING = {
  payment_methods: ['CARD', 'DEPOSIT'],
  deposit_account: { bank: '신한은행', account_no: '110-123-456789', holder: RESTAURANT_NAME },
  /** Prices contain ten per cent, as they do in Korea. */
  tax_basis_points: 1_000,
}

export const TABLE_NAMES: readonly string[] = ['A', 'B', 'C'].flatMap((row) =>
  [1, 2, 3, 4, 5].map((number) => `${row}${number}`),
)

export interface DemoOption {
  name: string
  required: boolean
  min?: number
  max?: number
  choices: { name: string; price_delta?: number }[]
}

export interface DemoItem {
  name: string
  price: number
  description: string
  options?: DemoOption[]
  /** Portions that exist; without it the item is not counted. */
  stock?: number
}

const FLAVOUR: DemoOption = {
  name: '맛',
  required: true,
  choices: [
    { name: '후라이드' },
    { name: '양념', price_delta: 1_000 },
    { name: '반반', price_delta: 1_000 },
  ],
}
const SIZE: DemoOption = {
  name: '사이즈',
  required: true,
  choices: [{ name: '보통' }, { name: '큰 것', price_delta: 5_000 }],
}
const EXTRAS: DemoOption = {
  name: '추가 토핑',
  required: false,
  min: 0,
  max: 3,
  choices: [
    { name: '치즈 가루', price_delta: 1_500 },
    { name: '떡 사리', price_delta: 2_000 },
    { name: '양념 소스', price_delta: 500 },
    { name: '치킨무', price_delta: 500 },
  ],
}
const HEAT: DemoOption = {
  name: '맵기',
  required: true,
  choices: [{ name: '순한맛' }, { name: '보통맛' }, { name: '매운맛' }],
}
const CUP: DemoOption = {
  name: '크기',
  required: true,
  choices: [{ name: '500ml' }, { name: '1.25L', price_delta: 1_500 }],
}

export const MENU: readonly { category: string; items: readonly DemoItem[] }[] = [
  {
    category: '치킨',
    items: [
      {
        name: '뼈치킨 한 마리',
        price: 18_000,
        description: '국내산 닭을 주문 후에 튀깁니다.',
        options: [FLAVOUR, SIZE, EXTRAS],
      },
      {
        name: '순살치킨',
        price: 20_000,
        description: '뼈 없이 먹기 좋은 다리살입니다.',
        options: [FLAVOUR, SIZE, EXTRAS],
      },
      {
        name: '간장마늘치킨',
        price: 21_000,
        description: '국산 마늘을 갈아 넣은 간장 소스.',
        options: [SIZE, EXTRAS],
      },
      {
        name: '불닭발',
        price: 17_000,
        description: '석쇠에 구운 무뼈 닭발.',
        options: [HEAT],
        stock: 20,
      },
      {
        name: '한정 통마늘 바베큐',
        price: 26_000,
        description: '하루 열 마리만 굽습니다.',
        stock: 10,
      },
    ],
  },
  {
    category: '사이드',
    items: [
      { name: '감자튀김', price: 6_000, description: '두툼하게 썬 감자.', options: [EXTRAS] },
      { name: '치즈볼', price: 5_000, description: '다섯 개.', stock: 40 },
      { name: '국물 떡볶이', price: 7_500, description: '쌀떡과 어묵.', options: [HEAT] },
      { name: '코울슬로', price: 3_000, description: '아삭한 양배추 샐러드.' },
      { name: '공깃밥', price: 1_000, description: '갓 지은 밥.' },
    ],
  },
  {
    category: '음료',
    items: [
      { name: '콜라', price: 2_500, description: '시원하게.', options: [CUP] },
      { name: '사이다', price: 2_500, description: '시원하게.', options: [CUP] },
      { name: '유자 에이드', price: 4_500, description: '고흥 유자로 담근 청.' },
    ],
  },
  {
    category: '주류',
    items: [
      { name: '생맥주 500cc', price: 4_500, description: '케그에서 바로.' },
      { name: '병맥주', price: 5_000, description: '국산 라거.' },
      { name: '소주', price: 5_000, description: '한 병.', stock: 60 },
    ],
  },
]
