import { type Check, failed, ok } from '../check.ts'

/** The oldest minor version whose API server speaks v5 of the exec protocol, which ends input without ending all. */
const oldest = 30

/** Whether the API server answers us, and how old it is. */
export const server: Check = {
  name: 'cluster',
  async look({ cluster: { client }, signal }) {
    const begun = performance.now()
    const { gitVersion, major, minor } = (await client.raw('GET', '/version', { signal })) as Record<string, string>
    await client.raw('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {
      signal,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
    })
    const milliseconds = Math.round(performance.now() - begun)
    const where = `${client.server}${client.context === undefined ? '' : ` (context ${client.context})`}`
    const number = Number.parseInt(minor ?? '', 10)
    if (major === '1' && number < oldest) {
      return failed(
        `${where} is ${gitVersion}, and sessions need 1.${oldest}`,
        'upgrade the cluster, or use another: --context NAME',
      )
    }
    return ok(`${where} answers in ${milliseconds} ms, ${gitVersion}`)
  },
}
