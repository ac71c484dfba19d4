import { ConnectionError } from '../errors.ts'

const words: Record<string, string> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was closed',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name cannot be resolved now',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  ETIMEDOUT: 'the connection timed out',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted (self-signed)',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted (self-signed in the chain)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted (unknown authority)',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted (unknown authority)',
}

const suggestions: [RegExp, string][] = [
  [/^ECONNREFUSED$/, 'Is the cluster running? Check with `kubectl cluster-info`.'],
  [
    /^(ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|CONNECT_TIMEOUT)$/,
    'Check the network, the VPN and the server in `kubectl config view --minify`.',
  ],
  [/CERT|VERIFY|ISSUER/, "Check certificate-authority in the kubeconfig, or the machine's clock."],
  [/^PROXY$/, 'Check proxy-url in the kubeconfig, HTTPS_PROXY and NO_PROXY.'],
]

const unknownOutcome = 'The request may have been carried out. Look before you repeat it.'

/**
 * What a failed socket means for the caller.
 * @param sent whether the request may have left
 * @param writes whether it then may have changed something
 */
export function connectionError(cause: unknown, server: string, sent: boolean, writes = false): ConnectionError {
  const error = firstOf(cause)
  const code = error.code ?? ''
  const why = words[code] ?? error.message
  const suggestion = sent && writes ? unknownOutcome : suggestions.find(([pattern]) => pattern.test(code))?.[1]
  const what = sent ? 'lost the connection to the API server' : 'cannot reach the API server'
  return new ConnectionError(`${what} ${server}: ${why}`, { cause, suggestion, sent })
}

function firstOf(cause: unknown): NodeJS.ErrnoException {
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors[0]
  return cause instanceof Error ? cause : new Error(String(cause))
}
