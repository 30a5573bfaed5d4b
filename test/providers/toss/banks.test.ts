import { describe, expect, it } from 'vitest'
import { bankCode, bankName, BANKS } from '../../../src/providers/toss/banks.ts'

describe('banks at Toss Payments', () => {
  it.each(Object.entries(BANKS))('%s is %s, there and back', (code, name) => {
    expect(bankName(code)).toBe(name)
    expect(bankCode(name)).toBe(code === '04' ? '06' : code)
    expect(bankCode(code)).toBe(code)
  })

  it.each([
    ['신한', '88'],
    ['신한 은행', '88'],
    ['KB국민', '06'],
    ['국민은행', '06'],
    ['kb', '06'],
    ['농협', '11'],
    ['NH농협', '11'],
    ['nh', '11'],
    ['기업은행', '03'],
    ['IBK', '03'],
    ['카카오', '90'],
    ['카카오뱅크', '90'],
    ['K뱅크', '89'],
    ['토스뱅크', '92'],
    ['대구은행', '31'],
    ['iM뱅크', '31'],
    ['ＳＣ제일은행', '23'],
    ['SC제일', '23'],
    ['수협중앙회', '07'],
    ['신협중앙회', '48'],
    ['MG새마을금고', '45'],
    ['KEB하나', '81'],
    ['088', '88'],
    ['011', '11'],
  ])('takes %s for %s', (name, code) => {
    expect(bankCode(name)).toBe(code)
  })

  it('hands on what it does not know', () => {
    expect(bankCode('달나라은행')).toBe('달나라은행')
    expect(bankCode('constructor')).toBe('constructor')
    expect(bankName('99')).toBe('99')
    expect(bankName('toString')).toBe('toString')
  })
})
