/** Which API server, as whom, in which namespace. What is absent is read from the environment, then the kubeconfig. */
export interface Target {
  kubeconfig?: string | undefined
  context?: string | undefined
  cluster?: string | undefined
  user?: string | undefined
  namespace?: string | undefined
  as?: string | undefined
  asGroups?: string[] | undefined
  asUid?: string | undefined
  server?: string | undefined
  token?: string | undefined
  insecureSkipTlsVerify?: boolean | undefined
  certificateAuthority?: string | undefined
  tlsServerName?: string | undefined
  clientCertificate?: string | undefined
  clientKey?: string | undefined
  /** Milliseconds; 0: no limit. */
  requestTimeout?: number | undefined
}

/** What sessions are started with. What is absent is read from the GC_K8S_* variables. */
export interface SessionDefaults {
  image?: string | undefined
  cpuRequest?: string | undefined
  memoryRequest?: string | undefined
  cpuLimit?: string | undefined
  memoryLimit?: string | undefined
  serviceAccount?: string | undefined
  /** The image holds the workspace. */
  prebaked?: boolean | undefined
  /** The folder of the city that the sessions belong to. */
  city?: string | undefined
}

/** The global flags as oclif hands them over. */
export interface GlobalFlagValues {
  kubeconfig?: string | undefined
  context?: string | undefined
  cluster?: string | undefined
  user?: string | undefined
  namespace?: string | undefined
  as?: string | undefined
  'as-group'?: string[] | undefined
  'as-uid'?: string | undefined
  server?: string | undefined
  token?: string | undefined
  'insecure-skip-tls-verify'?: boolean | undefined
  'certificate-authority'?: string | undefined
  'tls-server-name'?: string | undefined
  'client-certificate'?: string | undefined
  'client-key'?: string | undefined
  'request-timeout'?: number | undefined
}

export function targetOf(flags: GlobalFlagValues): Target {
  const { kubeconfig, context, cluster, user, namespace, as, server, token } = flags
  return {
    ...{ kubeconfig, context, cluster, user, namespace, as, server, token },
    asGroups: flags['as-group'],
    asUid: flags['as-uid'],
    insecureSkipTlsVerify: flags['insecure-skip-tls-verify'],
    certificateAuthority: flags['certificate-authority'],
    tlsServerName: flags['tls-server-name'],
    clientCertificate: flags['client-certificate'],
    clientKey: flags['client-key'],
    requestTimeout: flags['request-timeout'],
  }
}
