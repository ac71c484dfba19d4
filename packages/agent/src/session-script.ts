/**
 * What the pane of `main` runs: the command file as a job of its own, then the exit code's file.
 *
 * Two shells, because a command may `exec` or set traps of its own. Both have job control (`-m`), so that tmux sees
 * the agent as the pane's current command, and both resume a job that was stopped: nobody else could. A hang-up
 * reaches the whole terminal session; the shells outlive it to report the agent's own code. No code is written when
 * the terminal is gone (kill-session, respawn-pane -k): what the agent made of that is not how its session ended.
 */
export const SESSION_SCRIPT = String.raw`trap : HUP INT QUIT TERM
sh -m "$1"
code=$?
while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do
  fg >/dev/null
  code=$?
done
[ -t 0 ] && printf '%s\n' "$code" >"$2"
exit "$code"`

/** First line of the command file: see {@link SESSION_SCRIPT}. A hang-up ends the command list after its current job. */
export const COMMAND_HEADER = `trap exit HUP; trap 'code=$?; while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do fg >/dev/null; code=$?; done; exit "$code"' EXIT`
