import { useEffect, useState } from 'preact/hooks'
import { session, chosenRestaurant, restaurant } from '../state.ts'
import { Wrong } from '../../ui/parts.tsx'
import type { Table } from './tables-view.tsx'
import { t } from './words.ts'

/** The code as a picture of its own address; null where it did not come. */
async function pictureOf(tableId: string): Promise<string | null> {
  try {
    const token = await session.token()
    const answer = await fetch(`/api/v1/tables/${tableId}/qr.svg`, {
      headers: {
        ...chosenRestaurant(),
        ...(token !== null && { Authorization: `Bearer ${token}` }),
      },
    })
    return answer.ok ? URL.createObjectURL(await answer.blob()) : null
  } catch {
    return null
  }
}

/** Every table's code, to print and put on the tables. */
export function CodeSheet({ tables, onBack }: { tables: readonly Table[]; onBack: () => void }) {
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map())
  const [failed, setFailed] = useState(false)
  const [round, setRound] = useState(0)
  useEffect(() => {
    const made: string[] = []
    let left = false
    const readAll = async () => {
      setFailed(false)
      for (const { id } of tables) {
        const url = await pictureOf(id)
        if (url !== null) made.push(url)
        if (left) return
        if (url === null) setFailed(true)
        else setPictures((known) => new Map(known).set(id, url))
      }
    }
    void readAll().then(() => {
      if (left) release(made)
    })
    return () => {
      left = true
      release(made)
    }
  }, [round])
  const ready = pictures.size === tables.length
  return (
    <>
      <div class="tools no-print">
        <button type="button" class="button button--main" disabled={!ready} onClick={() => print()}>
          {t('print')}
        </button>
        <button type="button" class="button" onClick={onBack}>
          {t('back')}
        </button>
        {failed && (
          <button type="button" class="button" onClick={() => setRound(round + 1)}>
            {t('again')}
          </button>
        )}
      </div>
      <Wrong text={failed ? t('codesMissing') : null} />
      <p class="soft no-print" role="status">
        {ready ? t('codesReady') : t('codesComing', { count: pictures.size, all: tables.length })}
      </p>
      <div class="codes">
        {tables.map(({ id, name }) => {
          const picture = pictures.get(id)
          return (
            <figure key={id}>
              {picture !== undefined && (
                <img src={picture} alt={t('codeOf', { name })} width={200} height={200} />
              )}
              <figcaption>
                {name}
                <small>
                  {restaurant.value?.name} · {t('scan')}
                </small>
              </figcaption>
            </figure>
          )
        })}
      </div>
    </>
  )
}

function release(urls: string[]): void {
  for (const url of urls.splice(0)) URL.revokeObjectURL(url)
}
