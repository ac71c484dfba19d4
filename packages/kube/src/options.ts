/** Who we are and which API server we talk to. Everything absent comes from the kubeconfig, as in kubectl. */
export interface ClientOptions {
  /** Path of a kubeconfig. Default: the list in `KUBECONFIG`, else `~/.kube/config`, else the pod's own service account. */
  kubeconfig?: string | undefined
  context?: string | undefined
  /** The kubeconfig's cluster, instead of the context's. */
  cluster?: string | undefined
  /** The kubeconfig's user, instead of the context's. */
  user?: string | undefined
  /** The API server's URL, instead of the cluster's. */
  server?: string | undefined
  /** The default namespace, instead of the context's. */
  namespace?: string | undefined
  /** Impersonate this user. */
  as?: string | undefined
  /** Impersonate these groups; needs `as`. */
  asGroup?: string[] | undefined
  /** Impersonate the user of this UID; needs `as`. */
  asUid?: string | undefined
  insecureSkipTlsVerify?: boolean | undefined
  /** Path of the authority's certificate, instead of the cluster's. */
  certificateAuthority?: string | undefined
  /** The name that the server's certificate must have, instead of the one it is reached by. */
  tlsServerName?: string | undefined
  /** Paths of a client certificate and its key, instead of the user's. */
  clientCertificate?: string | undefined
  clientKey?: string | undefined
  /** A bearer token, instead of the user's credentials. */
  token?: string | undefined
  /** Milliseconds until an answer must be complete. Default 10 000. */
  requestTimeout?: number | undefined
  /** Milliseconds for TCP and TLS together. Default 3 000. */
  connectTimeout?: number | undefined
  /** Where `KUBECONFIG`, `HOME`, the proxy variables and a credential plugin's environment come from. Default `process.env`. */
  env?: NodeJS.ProcessEnv | undefined
  userAgent?: string | undefined
}
