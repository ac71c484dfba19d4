/** Labels and annotations of a session's pod. The first four are those of the shell script and of gc's own provider. */
export const APP_LABEL = 'app'
export const APP = 'gc-agent'
export const SESSION_LABEL = 'gc-session'
export const AGENT_LABEL = 'gc-agent'
/** Holds the session's name as it was given; a label cannot hold every name. */
export const SESSION_NAME_ANNOTATION = 'gc-session-name'
/** The city that a session belongs to: see `cityLabel`. */
export const CITY_LABEL = 'gc-city'

/** `start`: the container ends with `main`, so the pod's phase tells the truth about the session. */
export const SUPERVISOR_LABEL = 'kubectl-gc.dev/supervisor'
/** Its value while the supervisor may hold the agent back, because files are being copied. */
export const STAGING = 'staging'
/** Tells the pod of one call of `start` from that of any other. */
export const START_ID_ANNOTATION = 'kubectl-gc.dev/start-id'
/** What `setMeta` copies for people to see. */
export const META_ANNOTATION_PREFIX = 'meta.kubectl-gc.dev/'

/** Tells a container's commands where its agent works. */
export const DIRECTORY_VARIABLE = 'GC_SESSION_DIR'

/** The container that holds the agent. */
export const CONTAINER = 'agent'
