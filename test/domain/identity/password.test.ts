import { describe, expect, it } from 'vitest'
import { checkPassword } from '../../../src/domain/identity/password.ts'

const check = (password: string, email = 'minsu.kim@example.com') =>
  checkPassword(password, { email })

describe('choosing a password', () => {
  it.each([
    'mango-river-41',
    '한국어로 쓴 긴 비밀번호',
    'tr0ub4dor&3x9k',
    'kitchen bell rings twice',
    'Password beside other words',
  ])('takes %s', (password) => expect(check(password)).toBeNull())

  it('counts characters, not bytes', () => {
    expect(check('가나다라마바사아자')).toBe('too_short')
    expect(check('가나다라마바사아자차')).toBeNull()
    expect(check('nine char')).toBe('too_short')
  })

  it('refuses more than 200 characters', () => {
    const long = Array.from({ length: 67 }, (_, index) => `${index}x!`).join('')
    expect(check(long.slice(0, 200))).toBeNull()
    expect(check(long.slice(0, 201))).toBe('too_long')
  })

  it.each([
    'password123',
    'PASSWORD123',
    'P@ssw0rd2026',
    '1234567890',
    '0987654321',
    'qwertyuiop',
    'poiuytrewq',
    'aaaaaaaaaa',
    'abc1abc1abc1',
    'iloveyou1234',
    '2026welcome!',
    'chicken!!1234567890',
    '1qaz2wsx3edc',
    'dkssudgktpdy',
  ])('refuses %s, which is guessed first', (password) => expect(check(password)).toBe('common'))

  it.each(['minsu.kim@example.com', 'minsu.kim1', 'MINSU.KIM2026', '1minsu.kim!'])(
    'refuses %s, which is the e-mail with trimmings',
    (password) => expect(check(password)).toBe('common'),
  )

  it('lets a short local part appear in a longer password', () => {
    expect(check('kim-and-the-mango', 'kim@example.com')).toBeNull()
  })
})
