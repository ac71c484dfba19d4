/** Seconds that an agent must have lived for its start to have succeeded. */
const PROBATION = 0.1

/** tmux's words for the target are those of a session `main` that is not there. */
const HAS_ENDED = 'has-session -t =main-has-ended'

/** Written by the supervisor at the agent's end: `main` is there for some 50 ms more. */
const EXIT_CODE = `"\${TMUX_TMPDIR:-/tmp}/gc-exit-code"`

/** The tmux commands that fail with NoMainSession where the agent has ended. */
export const stillLives: readonly string[] = [`if-shell '[ -s ${EXIT_CODE} ]' '${HAS_ENDED}'`, 'has-session -t =main']

/**
 * The tmux commands that fail with NoMainSession where there is no agent, or where it has ended 0.1 s later. An agent
 * that cannot run, for want of a program, of a setting or of credentials, mostly ends within that time. One line of
 * them costs that time and no round trip.
 */
export const livesOn: readonly string[] = ['has-session -t =main', `run-shell -d ${PROBATION}`, ...stillLives]
