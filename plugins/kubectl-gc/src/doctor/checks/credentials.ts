import { isApiError } from '@kubectl-gc/kube'
import { age } from '../../output/age.ts'
import { expiryOf } from '../../secrets/expiry.ts'
import { LOGIN } from '../../secrets/files.ts'
import { NAME, readSecret } from '../../secrets/secret.ts'
import { type Check, ok, skipped, warning } from '../check.ts'

/** Milliseconds after which what is there has likely been renewed where it came from. */
const old = 30 * 24 * 3600 * 1000

/** Whether agents get credentials, how old these are, and how long they last. Nothing of what they are is told. */
export const credentials: Check = {
  name: 'credentials',
  async look({ cluster: { client, namespace }, now, signal }) {
    const fix = `kubectl gc secrets sync --namespace ${namespace}`
    try {
      const synced = await readSecret(client, namespace, signal)
      if (synced === undefined)
        return warning(`there is no Secret ${NAME}, so agents have to log in by themselves`, fix)
      const login = synced.files.get(LOGIN)
      if (login === undefined) return warning(`Secret ${NAME} has no ${LOGIN}`, fix)
      const { text, isDue } = expiryOf(login, now())
      const brought =
        synced.at === undefined ? 'it is not known when it was written' : `written ${age(synced.at, now())} ago`
      const message = `Secret ${NAME}, ${brought}: the login ${text}`
      const isOld = synced.at !== undefined && now().getTime() - synced.at.getTime() > old
      return isDue || isOld ? warning(message, fix) : ok(message)
    } catch (error) {
      if (isApiError(error, 'Forbidden')) return skipped(`you may not look at Secret ${NAME}`)
      throw error
    }
  },
}
