import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  maskAccount,
  maskCard,
  maskEmail,
  maskName,
  maskPhone,
  maskText,
} from '../../../src/domain/privacy/mask.ts'

describe('masking a name', () => {
  it.each([
    ['홍길동', '홍*동'],
    ['남궁민수', '남**수'],
    ['김수', '김*'],
    ['홍', '*'],
    ['홍 길동', '* 길*'],
    ['John Doe', 'J*** D**'],
    ['J', '*'],
    ['李小龍', '李*龍'],
    ['さくら', 'さ*ら'],
    ['José', 'J***'],
    // The same letters, taken apart.
    ['홍길동'.normalize('NFD'), '홍*동'],
    ['José'.normalize('NFD'), 'J***'],
    ['👩‍👩‍👧', '*'],
    ['👩‍👩‍👧 Kim', '* K**'],
    ['', ''],
  ])('%s is %s', (name, masked) => {
    expect(maskName(name)).toBe(masked)
  })
})

describe('masking an e-mail', () => {
  it.each([
    ['jane@example.com', 'j***@e***.com'],
    ['jane.doe+food@mail.example.co.kr', 'j***@m***.kr'],
    ['a@b.kr', '***@***.kr'],
    ['ab@localhost', 'a***@l***'],
    ['한글@도메인.한국', '한***@도***.한국'],
    ['"a@b"@example.com', '"***@e***.com'],
    ['jane@example.averylongsuffix', 'j***@e***.***'],
    ['@', '***@***'],
    ['jane', '***'],
    ['', '***'],
  ])('%s is %s', (email, masked) => {
    expect(maskEmail(email)).toBe(masked)
  })

  it('tells nothing of how long it is', () => {
    expect(maskEmail('jo@ex.com')).toBe(maskEmail(`jo${'o'.repeat(40)}@example.com`))
  })
})

describe('masking numbers', () => {
  it.each([
    ['010-1234-5678', '010-****-5678'],
    ['01012345678', '010****5678'],
    ['+82 10-1234-5678', '+82 1*-****-5678'],
    ['011-123-4567', '011-***-4567'],
    ['02-123-4567', '**-***-4567'],
    ['1588-1234', '****-1234'],
    ['123-4567', '***-****'],
    ['７', '*'],
    ['', ''],
  ])('of phones: %s is %s', (phone, masked) => {
    expect(maskPhone(phone)).toBe(masked)
  })

  it.each([
    ['1234-5678-9012-3456', '****-****-****-3456'],
    ['4330-12**-****-123*', '****-****-****-123*'],
    ['3456', '****'],
  ])('of cards: %s', (card, masked) => {
    expect(maskCard(card)).toBe(masked)
  })

  it.each([
    ['110-123-456789', '***-***-***789'],
    ['1234567', '*******'],
  ])('of accounts: %s is %s', (account, masked) => {
    expect(maskAccount(account)).toBe(masked)
  })
})

describe('masking what people wrote', () => {
  it.each([
    ['문 앞에 두고 010-1234-5678로 전화 주세요', '문 앞에 두고 ***-****-5678로 전화 주세요'],
    ['영수증은 jane@example.com 으로', '영수증은 j***@e***.com 으로'],
    ['메일:jane@example.com으로', '메***@e***.com으로'],
    ['카드 1234 5678 9012 3456', '카드 **** **** **** 3456'],
    ['０１０．１２３４．５６７８', '***．****．５６７８'],
    ['(02) 123 4567', '(**) *** 4567'],
    ['5번 테이블, 18:30, 12,000원', '5번 테이블, 18:30, 12,000원'],
    ['덜 맵게 @ 2', '덜 맵게 @ 2'],
    ['', ''],
  ])('%s', (text, masked) => {
    expect(maskText(text)).toBe(masked)
  })

  it('leaves no whole number of a phone or card, wherever it stands', () => {
    const separator = fc.constantFrom('', '-', ' ', '.', ') ', ' - ')
    const number = fc.tuple(fc.stringMatching(/^\d{9,16}$/), separator)
    fc.assert(
      fc.property(fc.string(), number, fc.string(), (before, [digits, between], after) => {
        const spelled = `${digits.slice(0, 3)}${between}${digits.slice(3)}`
        const masked = maskText(`${before} ${spelled} ${after}`)
        expect(masked).not.toContain(spelled)
      }),
    )
  })
})

describe('masking whatever comes', () => {
  const masks = { maskName, maskEmail, maskPhone, maskCard, maskAccount }
  const oneLetter = fc.stringMatching(/^[0-9A-Za-z가-힣一-龠]$/)

  it.each(Object.entries(masks))('%s shows nothing of a single character', (_, mask) => {
    fc.assert(
      fc.property(oneLetter, (secret) => {
        const masked = mask(secret)
        if (mask === maskName || mask === maskEmail || /\d/.test(secret))
          expect(masked).not.toContain(secret)
      }),
    )
  })

  it('hides the middle of any name', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[가-힣]{3,8}$/), (name) => {
        const hidden = '*'.repeat(name.length - 2)
        expect(maskName(name)).toBe(`${name.slice(0, 1)}${hidden}${name.slice(-1)}`)
      }),
    )
  })
})
