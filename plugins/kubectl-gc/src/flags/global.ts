import * as Flags from './define.ts'
import { durationFlag } from './duration.ts'

/** kubectl's flags, with kubectl's meaning, that every command takes. */
export const globalFlags = {
  kubeconfig: Flags.string({ helpValue: 'FILE', summary: 'Path to the kubeconfig file to use.' }),
  context: Flags.string({ helpValue: 'NAME', summary: 'The kubeconfig context to use (GC_K8S_CONTEXT).' }),
  cluster: Flags.string({ helpValue: 'NAME', summary: 'The kubeconfig cluster to use.' }),
  user: Flags.string({ helpValue: 'NAME', summary: 'The kubeconfig user to use.' }),
  namespace: Flags.string({
    char: 'n',
    helpValue: 'NAME',
    summary: "The namespace (GC_K8S_NAMESPACE, then the context's, then gc).",
  }),
  as: Flags.string({ helpValue: 'NAME', summary: 'User to impersonate.' }),
  'as-group': Flags.string({
    helpValue: 'NAME',
    multiple: true,
    multipleNonGreedy: true,
    summary: 'Group to impersonate; can be repeated.',
  }),
  'as-uid': Flags.string({ helpValue: 'UID', summary: 'UID to impersonate.' }),
  server: Flags.string({ char: 's', helpValue: 'URL', summary: 'Address of the API server.' }),
  token: Flags.string({ helpValue: 'TOKEN', summary: 'Bearer token to show the API server.' }),
  'client-certificate': Flags.string({ helpValue: 'FILE', summary: 'Client certificate to show the API server.' }),
  'client-key': Flags.string({ helpValue: 'FILE', summary: 'Key of the client certificate.' }),
  'certificate-authority': Flags.string({ helpValue: 'FILE', summary: "Certificate of the API server's authority." }),
  'tls-server-name': Flags.string({ helpValue: 'NAME', summary: "Name that the API server's certificate must have." }),
  'insecure-skip-tls-verify': Flags.boolean({
    summary: "Do not check the API server's certificate, which makes connections insecure.",
  }),
  'request-timeout': durationFlag({
    summary: 'How long to wait for one answer of the server; 0: no limit.',
  }),
  v: Flags.integer({ helpLabel: '-v, --v=LEVEL', summary: 'Show the causes of errors.' }),
}
