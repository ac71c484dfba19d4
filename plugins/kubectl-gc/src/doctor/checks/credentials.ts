import { isApiError, resource } from '@kubectl-gc/kube'
import type { Secret } from '@kubectl-gc/manifests/kubernetes'
import { age } from '../../output/age.ts'
import { type Check, ok, skipped, warning } from '../check.ts'

const secrets = resource<Secret>('', 'v1', 'secrets')
const NAME = 'claude-credentials'
/** Milliseconds after which tokens are likely to have been renewed where they came from. */
const old = 30 * 24 * 3600 * 1000

/** Whether agents get credentials, and how old these are. Nothing of what they are is told. */
export const credentials: Check = {
  name: 'credentials',
  async look({ cluster: { client, namespace }, now, signal }) {
    let secret: Secret
    try {
      secret = await client.get(secrets, { name: NAME, namespace }, { signal })
    } catch (error) {
      if (isApiError(error, 'Forbidden')) return skipped(`you may not look at Secret ${NAME}`)
      const make = `kubectl --namespace ${namespace} create secret generic ${NAME} --from-file=$HOME/.claude/.credentials.json`
      if (isApiError(error, 'NotFound'))
        return warning(`there is no Secret ${NAME}, so agents have to log in by themselves`, make)
      throw error
    }
    const keys = Object.keys(secret.data ?? {})
    const renew = `kubectl --namespace ${namespace} delete secret ${NAME}, and make it again from the files of today`
    if (keys.length === 0) return warning(`Secret ${NAME} is empty`, renew)
    const written = lastWrite(secret)
    const text = `Secret ${NAME} has ${keys.length === 1 ? 'one file' : `${keys.length} files`}, written ${age(written, now())} ago`
    return now().getTime() - written.getTime() > old ? warning(text, renew) : ok(text)
  },
}

/** When the data was written last, as far as the API server remembers. */
function lastWrite({ metadata }: Secret): Date {
  const times = [metadata?.creationTimestamp, ...(metadata?.managedFields ?? []).map(({ time }) => time)]
  return new Date(Math.max(0, ...times.map((time) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time))))
}
