import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { shrink } from './shrink.ts'
import { MAX_PICTURE_BYTES, PICTURE_TYPES } from './upload.ts'
import { t } from './words.ts'

/** Chooses a dish's picture and shows it before it is sent; `share` is how much of it has gone. */
export function PictureField({
  present,
  file,
  share,
  onChoose,
  onRemove,
}: {
  present: string | null
  file: File | null
  share: number | null
  onChoose: (file: File | null) => void
  onRemove: (() => void) | null
}) {
  const id = useId()
  const [preview, setPreview] = useState<string | null>(null)
  const [refused, setRefused] = useState(false)
  useEffect(() => {
    if (file === null) {
      setPreview(null)
      return undefined
    }
    const url = URL.createObjectURL(file)
    setPreview(url)
    return () => URL.revokeObjectURL(url)
  }, [file])
  const shown = preview ?? present
  const latest = useRef<File | null>(null)
  const choose = async (chosen: File | null) => {
    latest.current = chosen
    const small = chosen === null ? null : await shrink(chosen)
    if (latest.current !== chosen) return
    const large = small !== null && small.size > MAX_PICTURE_BYTES
    setRefused(large)
    onChoose(large ? null : small)
  }
  return (
    <div class="upload">
      {shown === null ? (
        <div class="picture picture--large" />
      ) : (
        <img class="picture picture--large" src={shown} alt="" />
      )}
      <div class="field line__what">
        <label for={id}>{t('picture')}</label>
        <input
          id={id}
          type="file"
          accept={PICTURE_TYPES}
          aria-describedby={`${id}-hint`}
          onChange={(event) => void choose(event.currentTarget.files?.[0] ?? null)}
        />
        <p
          id={`${id}-hint`}
          class={refused ? 'field__error' : 'soft'}
          role={refused ? 'alert' : undefined}
        >
          {t(refused ? 'pictureTooLarge' : 'pictureHint')}
        </p>
        {onRemove !== null && file === null && (
          <button type="button" class="button button--small" onClick={onRemove}>
            {t('removePicture')}
          </button>
        )}
      </div>
      {share !== null && <progress max={1} value={share} aria-label={t('sendingPicture')} />}
    </div>
  )
}
