import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Category, MenuItemWithStock } from '../../../src/domain/menu/menu.ts'
import { exportedMenu, MAX_ITEMS } from '../../../src/domain/menu/menu-document.ts'
import { planImport, type ImportPlan } from '../../../src/domain/menu/plan-import.ts'
import type { Menu } from '../../../src/domain/queries.ts'
import { documentFrom, menuImport } from '../../../src/http/schemas/menu-file.ts'
import { anyMenu, KEY, mintId, stateOf } from '../../support/menus.ts'
import { anItem, aRestaurant } from '../../support/orders.ts'

type Mode = 'merge' | 'replace'
const OPEN = { open: true, opensAt: null, busyDelayMinutes: 0 }

/** The file through its JSON, as a client would send it back. */
const documentOf = (file: object, mode: Mode = 'replace') =>
  documentFrom(menuImport.parse(JSON.parse(JSON.stringify({ ...file, mode }))))

function imported(menu: Menu, file: object, mode: Mode, state = stateOf(menu)): ImportPlan {
  const planned = planImport(state, documentOf(file, mode), mode, mintId)
  if (!planned.ok) throw new Error(JSON.stringify(planned.refusal))
  return planned.value
}
function errorsOf(menu: Menu, file: object, mode: Mode = 'replace') {
  const planned = planImport(stateOf(menu), documentOf(file, mode), mode, mintId)
  return planned.ok || planned.refusal.kind !== 'INVALID' ? [] : planned.refusal.errors
}

/** The menu after the plan, as reading the rows would give it. */
function afterwards({ restaurant, categories }: Menu, plan: ImportPlan): Menu {
  const rows = new Map<string, Category & { deleted: boolean }>()
  for (const { items: _, ...category } of categories)
    rows.set(category.id, { ...category, deleted: false })
  for (const category of plan.categories) rows.set(category.id, category)
  const items = new Map<string, MenuItemWithStock>()
  for (const item of categories.flatMap((category) => category.items)) items.set(item.id, item)
  for (const item of plan.items) items.set(item.id, item)
  const inOrder = <T extends { position: number }>(all: T[]) =>
    all.sort((a, b) => a.position - b.position)
  return {
    restaurant,
    opening: OPEN,
    categories: inOrder([...rows.values()].filter(({ deleted }) => !deleted)).map(
      ({ deleted: _, ...category }) => ({
        ...category,
        items: inOrder(
          [...items.values()].filter((item) => !item.deleted && item.categoryId === category.id),
        ),
      }),
    ),
  }
}

const aMenu = (...items: Partial<MenuItemWithStock>[]): Menu => {
  const category = { id: mintId(), name: '치킨', names: {}, position: 0 }
  return {
    restaurant: aRestaurant({ id: `00000000-0000-8000-8000-${KEY}` }),
    opening: OPEN,
    categories: [
      {
        ...category,
        items: items.map((item, position) =>
          anItem({
            id: mintId(),
            categoryId: category.id,
            number: position + 1,
            position,
            ...item,
          }),
        ),
      },
    ],
  }
}

describe('importing what was exported', () => {
  it.each(['merge', 'replace'] as const)('changes nothing by %s, whatever the menu', (mode) => {
    fc.assert(
      fc.property(anyMenu, (menu) => {
        const file = exportedMenu(menu)
        const plan = imported(menu, file, mode)
        expect(exportedMenu(afterwards(menu, plan))).toEqual(file)
        expect(plan.summary.items).toMatchObject({ created: 0, removed: 0 })
        if (mode === 'merge') expect([...plan.categories, ...plan.items]).toEqual([])
        // Sold-out marks are not the file's business.
        const marks = (of: Menu) =>
          of.categories.flatMap(({ items }) => items.map(({ soldOut }) => soldOut))
        expect(marks(afterwards(menu, plan))).toEqual(marks(menu))
      }),
    )
  })

  it('makes any other menu that one, by replace', () => {
    fc.assert(
      fc.property(anyMenu, anyMenu, (before, wanted) => {
        // The file comes from before the menu was changed: its ids are ours, its rows removed.
        const removed = {
          categories: wanted.categories.map(({ items: _, ...category }) => category),
          items: wanted.categories.flatMap(({ items }) =>
            items.map((item) => ({ ...item, number: item.number + 100, deleted: true })),
          ),
        }
        const file = exportedMenu(wanted)
        const plan = imported(before, file, 'replace', stateOf(before, removed))
        const after = exportedMenu(afterwards(before, plan))
        const plain = (of: typeof file) =>
          of.categories.map(({ items, ...category }) => ({
            ...category,
            items: items.map(({ number: _, ...item }) => item),
          }))
        expect(plain(after)).toEqual(plain(file))
        expect(plan.items.filter(({ deleted }) => !deleted).every(({ soldOut }) => !soldOut)).toBe(
          true,
        )
      }),
    )
  })

  it('in another restaurant keeps the words and mints the ids', () => {
    fc.assert(
      fc.property(anyMenu, (menu) => {
        const other = { restaurant: menu.restaurant, opening: OPEN, categories: [] }
        const state = { ...stateOf(other), restaurantKey: 'ffffffffffff' }
        const plan = imported(other, exportedMenu(menu), 'replace', state)
        const old = new Set(
          menu.categories.flatMap(({ id, items }) => [id, ...items.map((i) => i.id)]),
        )
        expect([...plan.categories, ...plan.items].some(({ id }) => old.has(id))).toBe(false)
        const words = (of: Menu) =>
          of.categories.map(({ name, items }) => [name, items.map((i) => [i.name, i.price])])
        expect(words(afterwards(other, plan))).toEqual(words(menu))
        const pictures = menu.categories.flatMap(({ items }) => items.flatMap((i) => i.image ?? []))
        expect(plan.summary.imagesLeftOut).toBe(pictures.length)
      }),
    )
  })
})

describe('merging', () => {
  it('leaves alone what the file does not name, and puts what is new at the end', () => {
    const menu = aMenu({ name: '후라이드' }, { name: '양념' })
    const [category] = menu.categories
    const plan = imported(
      menu,
      {
        v: 1,
        categories: [
          { id: category?.id, name: '닭', items: [{ name: '간장', price: 1 }] },
          { name: '음료', items: [{ name: '콜라', price: 2 }] },
        ],
      },
      'merge',
    )
    expect(
      afterwards(menu, plan).categories.map(({ name, items }) => [name, items.map((i) => i.name)]),
    ).toEqual([
      ['닭', ['후라이드', '양념', '간장']],
      ['음료', ['콜라']],
    ])
    expect(plan.items.map(({ number }) => number)).toEqual([3, 4])
    expect(plan.summary).toEqual({
      categories: { created: 1, changed: 1, removed: 0 },
      items: { created: 2, changed: 0, removed: 0 },
      imagesLeftOut: 0,
    })
  })
})

describe('replacing', () => {
  it('removes what the file does not name', () => {
    const menu = aMenu({ name: '후라이드' }, { name: '양념' })
    const plan = imported(menu, { v: 1, categories: [] }, 'replace')
    expect(afterwards(menu, plan).categories).toEqual([])
    expect(plan.summary).toMatchObject({ categories: { removed: 1 }, items: { removed: 2 } })
    expect(plan.items.every(({ deleted }) => deleted)).toBe(true)
  })

  it('keeps stock and number of what the file names', () => {
    const stock = { itemId: 'x', level: 5, reserved: 2 }
    const menu = aMenu({ name: '후라이드', number: 7, stock, soldOut: true })
    const [item] = menu.categories[0]?.items ?? []
    const plan = imported(
      menu,
      { v: 1, categories: [{ name: '새', items: [{ id: item?.id, name: '새 이름', price: 5 }] }] },
      'replace',
    )
    expect(plan.items).toMatchObject([{ id: item?.id, number: 7, stock, soldOut: true, price: 5 }])
  })
})

describe('an import that cannot be taken in', () => {
  it('names everything that is wrong, each by its path', () => {
    const items = [
      { name: '하나', price: -1 },
      { name: '둘', price: 1 },
      {
        name: '셋',
        price: 10,
        options: [
          { name: '크기', required: true, min: 0, choices: [{ name: 'a' }, { name: 'a' }] },
        ],
      },
    ]
    expect(errorsOf(aMenu(), { v: 1, categories: [{ name: 'x', items }] })).toEqual([
      { field: 'categories.0.items.0.price', reason: 'too_small' },
      { field: 'categories.0.items.2.options.0.min', reason: 'too_small' },
      { field: 'categories.0.items.2.options.0.choices.1.name', reason: 'repeated' },
    ])
  })

  it('names one thing twice', () => {
    const menu = aMenu({ name: '후라이드' })
    const [category] = menu.categories
    const id = category?.items[0]?.id
    const twice = { id, name: 'x', price: 1 }
    const file = {
      v: 1,
      categories: [
        { id: category?.id, name: 'a', items: [twice] },
        { id: category?.id, name: 'b', items: [twice] },
      ],
    }
    expect(errorsOf(menu, file)).toEqual([
      { field: 'categories.1.id', reason: 'repeated' },
      { field: 'categories.1.items.0.id', reason: 'repeated' },
    ])
  })

  it('is priced in another currency', () => {
    expect(errorsOf(aMenu(), { v: 1, currency: 'USD', categories: [] })).toEqual([
      { field: 'currency', reason: 'other_currency' },
    ])
  })

  it('would leave more than 5,000 items', () => {
    const items = Array.from({ length: MAX_ITEMS }, (_, n) => ({ name: `${n}`, price: n }))
    const file = { v: 1, categories: [{ name: 'x', items }] }
    expect(errorsOf(aMenu({ name: '하나' }), file, 'replace')).toEqual([])
    expect(errorsOf(aMenu({ name: '하나' }), file, 'merge')).toEqual([
      { field: 'categories', reason: 'too_many_items' },
    ])
  })
})
