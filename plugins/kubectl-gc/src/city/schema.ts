import { z } from 'zod'
import { QUANTITY } from '../flags/quantity.ts'

const text = z.string()
const texts = z.array(text)
const environment = z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of a variable'), text)
const milliseconds = z.int().min(0).max(600_000)
const quantity = z.string().regex(QUANTITY, 'a quantity, such as 500m or 1Gi')

/** Keys that gc reads and that say nothing about how one session starts. */
function ofGc(...keys: string[]): Record<string, z.ZodOptional<z.ZodUnknown>> {
  return Object.fromEntries(
    keys.map((key) => [key, z.unknown().optional().describe('gc reads it; nothing here depends on it.')]),
  )
}

/** How the command of an agent takes its prompt, and shows that it is ready. */
const launching = {
  args: texts.optional().describe("Words behind the provider's command."),
  prompt_mode: z
    .enum(['arg', 'flag', 'none'])
    .optional()
    .describe('How the prompt is passed: as the last argument, behind prompt_flag, or not at all.'),
  prompt_flag: text.optional().describe('The flag that the prompt follows.'),
  ready_delay_ms: milliseconds
    .optional()
    .describe('How long the agent is given until it is taken to be ready, in milliseconds.'),
  ready_prompt_prefix: text.optional().describe('What the line begins with in which the agent waits for input.'),
  process_names: texts.optional().describe('Names of processes by which the agent is known to run.'),
  env: environment.optional().describe("Variables of the agent's environment."),
}

/** What the pod of a session is, where the GC_K8S_* variables do not say. */
const pod = {
  image: text.min(1).optional().describe('Container image (GC_K8S_IMAGE).'),
  cpu_request: quantity.optional().describe('CPU to reserve (GC_K8S_CPU_REQUEST).'),
  mem_request: quantity.optional().describe('Memory to reserve (GC_K8S_MEM_REQUEST).'),
  cpu_limit: quantity.optional().describe('CPU that it may use (GC_K8S_CPU_LIMIT).'),
  mem_limit: quantity.optional().describe('Memory that it may use (GC_K8S_MEM_LIMIT).'),
  service_account: text.min(1).optional().describe('Service account of the pod (GC_K8S_SERVICE_ACCOUNT).'),
  prebaked: z
    .boolean()
    .optional()
    .describe('The image holds the workspace: nothing is copied into it (GC_K8S_PREBAKED).'),
}

const agentFields = {
  ...launching,
  start_command: text.min(1).optional().describe("The agent's command line, as it stands, in place of a provider's."),
  provider: text.min(1).optional().describe('The provider whose command it runs.'),
  prompt_template: text.min(1).optional().describe("The file of its prompt, below the agent's folder."),
  nudge: text.optional().describe('Typed once the session takes input.'),
  lifecycle: z.enum(['', 'one_shot']).optional().describe('one_shot: the agent may end, and is then done.'),
  suspended: z.boolean().optional().describe('It is not started.'),
  scope: z.enum(['city', 'rig']).optional().describe("Agents of a rig are gc's to run."),
  dir: text.optional().describe("The rig's folder; such agents are gc's to run."),
  work_dir: text.min(1).optional().describe('The folder that it works in.'),
  overlay_dir: text.min(1).optional().describe('A folder whose content is copied into the workspace.'),
  pre_start: texts.optional().describe('Shell lines that run in the pod before the agent.'),
  session_setup: texts.optional().describe('Shell lines that run once the session is there.'),
  session_setup_script: text.min(1).optional().describe('A script that runs then.'),
  session_live: texts.optional().describe('Shell lines that run once the agent takes input.'),
  depends_on: texts.optional().describe('Agents that must run before it starts.'),
  min_active_sessions: z.int().min(0).max(500).optional().describe('How many sessions of it there are.'),
  k8s: z.strictObject(pod).optional().describe("Its pod, where that differs from the city's."),
  ...ofGc('append_fragments', 'assigned_work_defer_limit', 'attach', 'default_sling_formula', 'description'),
  ...ofGc('drain_timeout', 'emits_permission_warning', 'hooks_installed', 'idle_timeout', 'inject_assigned_skills'),
  ...ofGc('inject_fragments', 'install_agent_hooks', 'max_active_sessions', 'max_session_age', 'max_start_failures'),
  ...ofGc('max_session_age_jitter', 'mcp', 'mouse_mode', 'namepool', 'on_boot', 'on_death', 'option_defaults', 'pool'),
  ...ofGc('resume_command', 'scale_check', 'session', 'skills', 'sleep_after_idle', 'sling_query', 'tmux_alias'),
  ...ofGc('upstream', 'wake_mode', 'work_query', 'isolation'),
}

/** `agents/NAME/agent.toml`. Its name is that of the folder. */
export const agentSchema = z.strictObject({ ...agentFields, name: text.optional() })

const inlineAgent = z.strictObject({ ...agentFields, name: text.min(1) })

const provider = z.strictObject({
  ...launching,
  command: text.min(1).optional(),
  base: text.optional(),
  args_append: texts.optional(),
  ...ofGc(
    'accept_startup_dialogs',
    'acp_args',
    'acp_command',
    'display_name',
    'emits_permission_warning',
    'env_remove',
  ),
  ...ofGc('instructions_file', 'option_defaults', 'options_schema', 'options_schema_merge', 'path_check'),
  ...ofGc('permission_modes', 'print_args', 'resume_command', 'resume_flag', 'resume_style', 'session_id_flag'),
  ...ofGc('supports_acp', 'supports_hooks', 'title_model'),
})

const workspace = z.strictObject({
  name: text.optional(),
  provider: text.optional(),
  start_command: text.optional(),
  session_template: text.optional(),
  env: environment.optional(),
  ...ofGc('default_rig_includes', 'global_fragments', 'includes', 'install_agent_hooks', 'isolation'),
  ...ofGc('max_active_sessions', 'prefix', 'suspended', 'suspended_on_start', 'timezone'),
})

const session = z.looseObject({
  k8s: z
    .strictObject({
      ...pod,
      namespace: text.min(1).optional(),
      context: text.min(1).optional(),
      ...ofGc('secret_env', 'secret_files', 'secret_volumes'),
    })
    .optional(),
})

/** `city.toml`. */
export const citySchema = z.strictObject({
  workspace: workspace.optional(),
  providers: z.record(z.string(), provider).optional(),
  session: session.optional(),
  agent: z.array(inlineAgent).optional(),
  imports: z.unknown().optional(),
  agent_defaults: z.looseObject({ provider: text.optional() }).optional(),
  ...ofGc('api', 'beads', 'chat_sessions', 'convergence', 'daemon', 'defaults', 'doctor', 'dolt', 'events', 'extmsg'),
  ...ofGc('formulas', 'github', 'include', 'mail', 'maintenance', 'named_session', 'orders', 'pack', 'packs'),
  ...ofGc('patches', 'pricing', 'rigs', 'runtimes', 'service', 'session_sleep', 'storage', 'upstreams', 'usage'),
  ...ofGc('webhook', 'webhooks', 'agents', 'global', 'commands'),
})

export type AgentFile = z.infer<typeof agentSchema>
export type CityFile = z.infer<typeof citySchema>
export type ProviderTable = z.infer<typeof provider>
export type PodTable = NonNullable<AgentFile['k8s']>
