/** Server options of the supervisor's tmux that say how far the staging is. */
const STATE = '@gc-staging'
const BEAT = '@gc-staging-beat'

/** Where the supervisor listens. */
const CHANNEL = 'gc-session-closed'

/** Seconds without a beat after which a supervisor gives a staging up. */
export const STAGING_SILENCE = 30

/** A shell condition: the supervisor waits for its session's files, and has a tmux server. */
export const STAGING_CONDITION = `[ "$(tmux -u show-options -sqv ${STATE} 2>/dev/null)" = waiting ]`

/**
 * The tmux commands that show a waiting supervisor that the staging goes on. To be sent through a control client that
 * stays in the session `gc-control`: when that ends, the supervisor gives up at once; after a last beat, in its time.
 * The first beat is the supervisor's own.
 * @param beat another number each time
 * @param seconds how long the next beat may take
 */
export function stagingBeat(beat: number, seconds = STAGING_SILENCE): string[] {
  const over = `set-option -s ${STATE} silent ; wait-for -S ${CHANNEL}`
  return [
    `set-option -s ${BEAT} ${beat}`,
    `run-shell -b -d ${seconds} -C "if-shell -F '##{==:##{${BEAT}},${beat}}' '${over}'"`,
  ]
}

/** The tmux commands that let a waiting supervisor launch the agent. */
export const stagingDone: readonly string[] = [
  `set-option -s ${BEAT} done`,
  `set-option -s ${STATE} done`,
  `wait-for -S ${CHANNEL}`,
]

const firstBeat = stagingBeat(0).join(String.raw` \; `).replace(`-d ${STAGING_SILENCE}`, '-d "$staging"')

/** Shell functions of the supervisor. `$staging` holds the seconds of silence; the exit code is 124. */
export const STAGING_SCRIPT = String.raw`give_up() {
  tmux kill-server 2>/dev/null
  fail 124 "$1: start it again"
}

# Holds main back until who stages says that it is done; returns at a SIGTERM too.
await_staging() {
  start_server set-option -s ${STATE} waiting \; ${firstBeat} || fail 1 'tmux does not start: its message is above'
  while
    listen ${CHANNEL}
    state=$(tmux show-options -sqv ${STATE}) beat=$(tmux show-options -sqv ${BEAT})
    [ "$stops" = 0 ] && [ "$state" != done ]
  do
    [ "$state" = waiting ] || give_up "nothing was heard for $staging s of who copies the files of this session"
    [ "$beat" = 0 ] || tmux has-session -t =gc-control 2>/dev/null || give_up 'who copied the files of this session is gone'
    # bash does not see a signal that comes as it begins to wait: it looks again.
    [ -z "$BASH_VERSION" ] || tmux run-shell -b -d 1 -C 'wait-for -S ${CHANNEL}'
    wait "$waiter"
  done
  interrupted=$interrupts
}

enter() {
  [ -d "$1" ] || { has mkdir && mkdir -p -- "$1"; }
  cd -- "$1" || fail 1 "the directory $1 cannot be entered: check the work directory"
}`
