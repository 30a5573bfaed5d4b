import { createProjector } from '../../src/db/projector.ts'
import type { DomainEvent } from '../../src/domain/events.ts'
import { mintRandomId } from '../../src/domain/ids.ts'
import { blankItem } from '../../src/domain/menu/compose-item.ts'
import type { MenuItemWithStock } from '../../src/domain/menu/menu.ts'
import { defaultSettings } from '../../src/domain/restaurant/settings.ts'

const FLAVOURS =
  '양념 후라이드 간장 마늘 매운 치즈 눈꽃 옛날 특 왕 수제 직화 숯불 얼큰 시원한 바삭 크림 로제 불닭 허니'.split(
    ' ',
  )
const DISHES =
  '치킨 김치찌개 된장찌개 순두부찌개 떡볶이 김밥 라면 불고기 비빔밥 냉면 칼국수 돈까스 짜장면 짬뽕 탕수육 피자 파스타 버거 만두 족발 보쌈 삼겹살 갈비탕 육개장 순대국 해장국 감자탕 닭갈비 콜라 사이다 아메리카노 카페라떼 샌드위치 샐러드 초밥 우동 덮밥 볶음밥 튀김 전골'.split(
    ' ',
  )
const SIZES = ['', '', '', ' 세트', ' 정식', ' 대', ' 소', ' 500ml', ' 2인', ' 곱빼기']
/** Of a restaurant's items one in so many has a dish that hardly anybody else has. */
const RARE_EVERY = 40
const SYLLABLES =
  '가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후'

/** Numbers that look like chance and are always the same (a multiplicative congruential generator). */
function numbers(seed: number): (below: number) => number {
  let state = (seed * 2_654_435_761 + 1) % 2_147_483_647 || 1
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const pick = <T>(all: readonly T[], next: (below: number) => number): T => {
  const one = all[next(all.length)]
  if (one === undefined) throw new Error('nothing to pick from')
  return one
}

function nameFrom(next: (below: number) => number): string {
  if (next(RARE_EVERY) === 0)
    return `${Array.from({ length: 3 }, () => pick(Array.from(SYLLABLES), next)).join('')}탕`
  const flavour = next(3) === 0 ? '' : pick(FLAVOURS, next)
  return `${flavour}${next(2) === 0 ? ' ' : ''}${pick(DISHES, next)}${pick(SIZES, next)}`.trim()
}

/** The n-th restaurant with its menu, as its events carry them. */
function eventsOf(n: number, items: number): DomainEvent[] {
  const next = numbers(n + 1)
  const key = n.toString(16).padStart(12, '0')
  const mint = () => mintRandomId(key, (length) => Uint8Array.from({ length }, () => next(256)))
  const id = mint()
  const settings = defaultSettings({ name: `식당 ${n}` })
  const restaurant = { ...settings, id, epoch: 1, menuVersion: 1, createdAt: 0 }
  const event = (seq: number, subject: DomainEvent['subject']): DomainEvent => ({
    ...{ id: mint(), restaurantId: id, epoch: 1, seq, at: 0, message: null, subject },
    type: 'MENU_CHANGED',
  })
  const category = { id: mint(), name: '메뉴', names: {}, position: 0, deleted: false }
  const dishes = Array.from({ length: items }, (_, number): MenuItemWithStock => ({
    ...blankItem({ id: mint(), number, position: number }),
    categoryId: category.id,
    name: nameFrom(next),
    description: '정성껏 만든 한 그릇',
    price: 5_000 + next(30) * 500,
  }))
  return [
    event(1, { kind: 'restaurant', restaurant }),
    event(2, { kind: 'category', category }),
    ...dishes.map((item, at) => event(3 + at, { kind: 'item', item })),
  ]
}

/** Copies restaurants with their menus into the read model; says how many products that were. */
export async function copyProducts(
  database: D1Database,
  { from, to, items }: { from: number; to: number; items: number },
): Promise<number> {
  const all = Array.from({ length: to - from }, (_, n) => eventsOf(from + n, items))
  await createProjector(database).project(all.flat(), 1)
  return all.length * items
}
