import * as json from './json.ts'
import * as kinds from './kinds.ts'
import type { Variables } from './table.ts'

type Services = Pick<
  Variables,
  | 'doltHost'
  | 'doltPort'
  | 'mailHost'
  | 'mailPort'
  | 'serviceAccount'
  | 'serviceAccountMap'
  | 'agentEnv'
  | 'gitSecretName'
>

/** What agents are told of the world around them, and who they are in it. */
export const services: Services = {
  doltHost: {
    name: 'GC_K8S_DOLT_HOST',
    source: 'script',
    what: 'told to agents as `GC_DOLT_HOST`; set with `GC_K8S_DOLT_PORT` or not at all',
    kind: kinds.text,
    otherwise: 'dolt.<namespace>.svc.cluster.local',
  },
  doltPort: {
    name: 'GC_K8S_DOLT_PORT',
    source: 'script',
    what: 'told to agents as `GC_DOLT_PORT`',
    kind: kinds.port,
    otherwise: '3307',
  },
  mailHost: {
    name: 'GC_K8S_MCP_MAIL_HOST',
    source: 'script',
    what: 'host of the mail service, told to agents in `GC_MCP_MAIL_URL`',
    kind: kinds.text,
    otherwise: 'mcp-mail.<namespace>.svc.cluster.local',
  },
  mailPort: {
    name: 'GC_K8S_MCP_MAIL_PORT',
    source: 'script',
    what: 'its port',
    kind: kinds.port,
    otherwise: '8765',
  },
  serviceAccount: {
    name: 'GC_K8S_SERVICE_ACCOUNT',
    source: 'script',
    what: 'service account of the pods; without it none, and no token in the pod',
    kind: kinds.objectName('the name of a service account', 'gc-agent'),
    otherwise: undefined,
  },
  serviceAccountMap: {
    name: 'GC_K8S_SERVICE_ACCOUNT_MAP_JSON',
    source: 'fork',
    what: 'JSON object of service accounts by agent, before `GC_K8S_SERVICE_ACCOUNT`; an agent is named whole or by what is behind its last `/`',
    kind: json.textByName('{"deacon":"gc-deacon"}'),
    otherwise: undefined,
  },
  agentEnv: {
    name: 'GC_K8S_AGENT_ENV_JSON',
    source: 'fork',
    what: "JSON object of more environment for every agent; an object in it is for the agent of that name; the session's own environment wins",
    kind: json.textByNameTwice('{"HTTPS_PROXY":"http://proxy:3128","coder":{"CI":"1"}}'),
    otherwise: undefined,
  },
  gitSecretName: {
    name: 'GC_K8S_GIT_SECRET_NAME',
    source: 'fork',
    what: 'Secret whose key `token` agents get as `GITHUB_TOKEN`, where it exists',
    kind: kinds.objectName('the name of a Secret', 'git-credentials'),
    otherwise: 'git-credentials',
  },
}
