import { findCity } from '../../city/find.ts'
import { type Check, ok } from '../check.ts'

/** Whether the files of the city that this folder is in can be used. */
export const city: Check = {
  name: 'city',
  async look({ env, cwd }) {
    const root = await findCity({ env, cwd })
    if (root === undefined) return ok('this folder is in none')
    const { openCity } = await import('../../city/open.ts')
    const { city, wanted } = await openCity(root, { env, cwd })
    return ok(`${city.name} in ${root}, ${wanted.length === 1 ? 'one session' : `${wanted.length} sessions`}`)
  },
}
