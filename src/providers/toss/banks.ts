/**
 * Names of the banks by the two digits that Toss Payments has for them since version 2022-11-16. The
 * institutes' own codes have a nought in front, and KB has two.
 */
export const BANKS: Readonly<Record<string, string>> = {
  '02': 'KDB산업은행',
  '03': 'IBK기업은행',
  '04': 'KB국민은행',
  '06': 'KB국민은행',
  '07': 'Sh수협은행',
  '11': 'NH농협은행',
  '12': '단위농협',
  '20': '우리은행',
  '23': 'SC제일은행',
  '27': '씨티은행',
  '31': 'iM뱅크',
  '32': '부산은행',
  '34': '광주은행',
  '35': '제주은행',
  '37': '전북은행',
  '39': '경남은행',
  '45': '새마을금고',
  '48': '신협',
  '50': '저축은행',
  '54': '홍콩상하이은행',
  '64': '산림조합',
  '71': '우체국',
  '81': '하나은행',
  '88': '신한은행',
  '89': '케이뱅크',
  '90': '카카오뱅크',
  '92': '토스뱅크',
}

/** How people write them otherwise: the Latin letters in front, "bank" and spaces count for nothing. */
const plain = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s()·.-]/g, '')
    .replace(/^(nh|kb|ibk|kdb|sh|sc|keb|mg|im|dgb|bnk)(?=.)/, '')
    .replace(/(은행|중앙회|뱅크|bank)$/, '')

const OTHER_NAMES: Readonly<Record<string, string>> = {
  대구: '31',
  im: '31',
  kb: '06',
  nh: '11',
  ibk: '03',
  kdb: '02',
  mg: '45',
  sc: '23',
  스탠다드차타드: '23',
  한국씨티: '27',
  중소기업: '03',
  한국산업: '02',
  농업협동조합: '11',
  신용협동조합: '48',
  지역농축협: '12',
  k: '89',
  kbank: '89',
  hsbc: '54',
  우체국예금보험: '71',
}

/** The later of two codes with one name is the one that Toss Payments lists: KB's 06. */
const CODES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(BANKS)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([code, name]) => [plain(name), code]),
  ),
  ...OTHER_NAMES,
}

/** What people call the bank with this code; an unknown code stands for itself. */
export const bankName = (code: string): string =>
  Object.hasOwn(BANKS, code) ? (BANKS[code] ?? code) : code

/**
 * The code of a bank by its name, or by the code itself (three digits too). What is not known is
 * handed on: the provider also takes names, and the list of banks is its own.
 */
export function bankCode(nameOrCode: string): string {
  const given = nameOrCode.trim()
  const digits = /^0?(\d{2})$/.exec(given)?.[1]
  if (digits !== undefined) return digits
  const name = plain(given)
  return Object.hasOwn(CODES, name) ? (CODES[name] ?? given) : given
}
