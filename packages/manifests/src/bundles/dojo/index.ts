import { defineBundle } from '../../bundle.ts'
import { dojoDeployment, dojoService } from './deployment.ts'
import { dojoValues } from './values.ts'

/** The base of seed 3: one writer of an embedded database, on a claim that its user brings. */
export const dojoBundle = defineBundle({
  name: 'dojo',
  description: 'The dojo application: one writer of a DuckDB ledger, on a claim that you bring',
  version: '0.1.0',
  defaultNamespace: 'dojo',
  values: dojoValues,
  files: (values, { namespace }) => ({
    'deployment.yaml': dojoDeployment(namespace, values),
    'service.yaml': dojoService(namespace),
  }),
  notes: ({ claimName }, { namespace }) => [
    `dojo waits for the claim ${claimName}:`,
    '',
    `  kubectl --namespace ${namespace} get persistentvolumeclaim ${claimName}`,
    '',
    'Reach it:',
    '',
    `  kubectl --namespace ${namespace} rollout status deployment/dojo`,
    `  kubectl --namespace ${namespace} port-forward svc/dojo 8000:80`,
    '',
    `What it writes is on that claim; removing dojo leaves it.`,
  ],
})
