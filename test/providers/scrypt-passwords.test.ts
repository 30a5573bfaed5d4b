import { describe, expect, it } from 'vitest'
import { createScryptPasswords } from '../../src/providers/scrypt-passwords.ts'
import { random } from '../support/identity.ts'

const cheap = { ln: 4, r: 8, p: 1 }
const passwords = createScryptPasswords(random, cheap)

describe('hashing a password', () => {
  it('takes the parameters of the security design, in PHC form', async () => {
    const strong = createScryptPasswords(random)
    const phc = await strong.hash('mango-river-41')
    expect(phc).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await strong.verify('mango-river-41', phc)).toEqual({ matches: true, stale: false })
  })

  it('gives the value of RFC 7914 §12 for its parameters', async () => {
    // scrypt("password", "NaCl", N=1024, r=8, p=16, 64 bytes)
    const phc =
      '$scrypt$ln=10,r=8,p=16$TmFDbA$' +
      '/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA'
    expect((await passwords.verify('password', phc)).matches).toBe(true)
    expect((await passwords.verify('Password', phc)).matches).toBe(false)
  })

  it('salts: the same password twice gives different hashes', async () => {
    expect(await passwords.hash('mango-river-41')).not.toBe(await passwords.hash('mango-river-41'))
  })

  it('takes a password however its signs are composed', async () => {
    const phc = await passwords.hash('맛있는-비밀번호'.normalize('NFC'))
    expect((await passwords.verify('맛있는-비밀번호'.normalize('NFD'), phc)).matches).toBe(true)
  })

  it('calls hashes with other parameters stale, and still checks them', async () => {
    const old = await createScryptPasswords(random, { ...cheap, ln: 3 }).hash('mango-river-41')
    expect(await passwords.verify('mango-river-41', old)).toEqual({ matches: true, stale: true })
  })
})
