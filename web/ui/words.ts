import { reader } from '../lib/i18n.ts'

const ko = {
  language: 'English',
  skip: '본문으로',
  signIn: '로그인',
  signOut: '로그아웃',
  email: '이메일',
  password: '비밀번호',
  loading: '불러오는 중이에요…',
  unreached: '연결되지 않았어요. 다시 해 보세요.',
  retry: '다시 불러오기',
  more: '더 보기',
  close: '닫기',
  undo: '되돌리기',
} as const

export type SharedWord = keyof typeof ko

const en: Record<SharedWord, string> = {
  language: '한국어',
  skip: 'To the content',
  signIn: 'Sign in',
  signOut: 'Sign out',
  email: 'E-mail',
  password: 'Password',
  loading: 'Loading…',
  unreached: 'Not connected. Please try again.',
  retry: 'Load again',
  more: 'Show more',
  close: 'Close',
  undo: 'Undo',
}

/** Words of the parts that pages share; a page's own words may take them in. */
export const SHARED = { ko, en }

export const t = reader<SharedWord>(SHARED)
