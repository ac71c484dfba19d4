/**
 * What the pane of `main` runs: the command file as a job of its own, then the exit code's file.
 *
 * Two shells, because a command may `exec` or set traps of its own. Both have job control (`-m`), so that tmux sees
 * the agent as the pane's current command, and both resume a job that was stopped: nobody else could. The outer one
 * leads the terminal's session: when the terminal goes (kill-session, respawn-pane -k), it dies without a code and the
 * kernel passes the hang-up to the agent. At SIGTERM the supervisor spares it, so that it reports the agent's own code.
 */
export const SESSION_SCRIPT = String.raw`trap : INT QUIT TERM
sh -m "$1"
code=$?
while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do
  fg >/dev/null
  code=$?
done
printf '%s\n' "$code" >"$2"`

/** First line of the command file: see {@link SESSION_SCRIPT}. A hang-up ends the list of commands after the current one. */
export const COMMAND_HEADER = `trap exit HUP; trap 'code=$?; while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do fg >/dev/null; code=$?; done; exit "$code"' EXIT`
