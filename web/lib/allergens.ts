import type { InferResponseType } from 'hono/client'
import type { Api } from './api.ts'
import { locale } from './i18n.ts'

type Items = InferResponseType<Api['api']['v1']['restaurants']['me']['items']['$get'], 200>
export type Allergen = Items['items'][number]['allergens'][number]

/** What each is called on labels. */
const NAMES: Record<Allergen, readonly [ko: string, en: string]> = {
  egg: ['난류', 'eggs'],
  milk: ['우유', 'milk'],
  buckwheat: ['메밀', 'buckwheat'],
  peanut: ['땅콩', 'peanuts'],
  soybean: ['대두', 'soya'],
  wheat: ['밀', 'wheat'],
  mackerel: ['고등어', 'mackerel'],
  crab: ['게', 'crab'],
  shrimp: ['새우', 'shrimp'],
  pork: ['돼지고기', 'pork'],
  peach: ['복숭아', 'peach'],
  tomato: ['토마토', 'tomato'],
  sulphite: ['아황산류', 'sulphites'],
  walnut: ['호두', 'walnuts'],
  chicken: ['닭고기', 'chicken'],
  beef: ['쇠고기', 'beef'],
  squid: ['오징어', 'squid'],
  shellfish: ['조개류', 'shellfish'],
  pine_nut: ['잣', 'pine nuts'],
  fish: ['생선', 'fish'],
  crustacean: ['갑각류', 'crustaceans'],
  mollusc: ['연체류', 'molluscs'],
  tree_nut: ['견과류', 'tree nuts'],
  celery: ['셀러리', 'celery'],
  mustard: ['겨자', 'mustard'],
  sesame: ['참깨', 'sesame'],
  lupin: ['루핀', 'lupin'],
  gluten: ['글루텐', 'gluten'],
}

export const ALLERGENS = Object.keys(NAMES) as Allergen[]

export const allergenName = (allergen: Allergen): string =>
  NAMES[allergen][locale.value === 'ko' ? 0 : 1]
