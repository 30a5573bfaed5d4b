import { person, type Person } from '../../support/story-people.ts'
import { openStory, type Story } from '../../support/story.ts'
import type { Place } from '../../support/story-restaurant.ts'
import {
  dismissed,
  everybody,
  nobodies,
  openHouse,
  type Caller,
  type Everybody,
  type Somebody,
} from './people.ts'

export interface World {
  story: Story
  /** Where things are. */
  here: Place
  there: Place
  people: Everybody
  nobodies: readonly Somebody[]
  /** Of the first house; their tokens still name it. */
  dismissed: readonly Caller[]
  /** The same, at a client of the API. */
  as: (who: Pick<Somebody, 'token'>) => Person
}

export async function openWorld(): Promise<World> {
  const story = openStory()
  const here = await openHouse(story)
  const there = await openHouse(story)
  const people = await everybody(story, here, there)
  const as: World['as'] = ({ token }) => person(story, () => Promise.resolve(token))
  const former = { nobodies: await nobodies(story, here), dismissed: await dismissed(story, here) }
  return { story, here, there, people, ...former, as }
}
