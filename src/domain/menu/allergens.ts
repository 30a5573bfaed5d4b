/**
 * What must be said to be in a dish: Korea's labelling list (MFDS, 22 entries with shellfish as one)
 * and what Annex II of Regulation (EU) 1169/2011 names beyond it.
 */
export const ALLERGENS = [
  'egg',
  'milk',
  'buckwheat',
  'peanut',
  'soybean',
  'wheat',
  'mackerel',
  'crab',
  'shrimp',
  'pork',
  'peach',
  'tomato',
  'sulphite',
  'walnut',
  'chicken',
  'beef',
  'squid',
  'shellfish',
  'pine_nut',
  'fish',
  'crustacean',
  'mollusc',
  'tree_nut',
  'celery',
  'mustard',
  'sesame',
  'lupin',
  'gluten',
] as const
export type Allergen = (typeof ALLERGENS)[number]
