/**
 * What the pane of `main` runs: the command file $1 as a job of its own, whose exit code it writes to the file $2.
 *
 * Two shells, because a command may `exec` or set traps of its own. Both have job control (`-m`), so that tmux sees
 * the agent as the pane's current command, and both resume a job that was stopped: nobody else could. The outer one
 * leads the terminal's session: when the terminal goes (kill-session, respawn-pane -k), it dies without a code and the
 * kernel passes the hang-up to the agent. At SIGTERM the supervisor spares it, so that it reports the agent's own code.
 *
 * tmux closes a pane as soon as its process has ended and nothing is left to read, which it may believe while the kernel
 * still moves output along. So the process waits until the pane has not changed for 20 ms, looking at most $3 times.
 */
export const SESSION_SCRIPT = String.raw`trap : INT QUIT TERM
sh -m "$1"
code=$?
while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do
  fg >/dev/null
  code=$?
done
printf '%s\n' "$code" >"$2"
state='#{history_size} #{history_bytes} #{cursor_x} #{cursor_y}'
looks=0 before= after=changed
while [ "$before" != "$after" ] && [ "$looks" -lt "$3" ]; do
  looks=$((looks + 1))
  before=$(tmux display-message -p -t "$TMUX_PANE" "$state")
  after=$(tmux run-shell -d 0.02 \; display-message -p -t "$TMUX_PANE" "$state")
done`

/** First line of the command file: see {@link SESSION_SCRIPT}. A hang-up ends the list of commands after the current one. */
export const COMMAND_HEADER = `trap exit HUP; trap 'code=$?; while case $code in 14[789] | 150) jobs %% >/dev/null 2>&1 ;; *) false ;; esac; do fg >/dev/null; code=$?; done; exit "$code"' EXIT`
