import type { Readable, Writable } from 'node:stream'
import type { AttachOptions } from '../provider.ts'

/** A terminal to join to a session. The caller sets raw mode and puts it back. */
export interface AttachTerminal {
  input: Readable
  output: Writable
  /** Its kind, as TERM says it. Default `xterm-256color`. */
  term?: string | undefined
  /** Its size now, in character cells. */
  size(): { columns: number; rows: number }
  /** Calls back on each change of size; returns what ends that. */
  onResize(listener: () => void): () => void
}

/**
 * The command that attaches a terminal to `main`. Where the image does not know the terminal's kind, it is `xterm`,
 * which every terminfo has. When the last person has left, the window gets its size back.
 */
export function attachCommand(
  term = 'xterm-256color',
  { readOnly = false, showDetachKey = false }: AttachOptions = {},
): string[] {
  const script = `
export TERM=xterm
for folder in /etc/terminfo /lib/terminfo /usr/share/terminfo; do
  [ -e "$folder/\${1%"\${1#?}"}/$1" ] && TERM=$1
done
tmux set-option -qo -t =main: @gc-size "$(tmux display-message -p -t =main: '#{window_width}x#{window_height}')"
size=$(tmux show-options -qv -t =main: @gc-size)
trap '' HUP
how=$2
attach() { tmux -u attach-session $how -t =main "$@"; }
if [ -n "$3" ]; then
  hint="\${how:+Read-only. }Detach: $(tmux show-options -gv prefix) d"
  case "$(tmux list-commands display-message 2>/dev/null)" in
    *'[-d delay]'*) attach ';' display-message -d 4000 "$hint" ;;
    *) attach ';' display-message "$hint" ;;
  esac
else
  attach
fi
code=$?
people=$(tmux list-clients -t =main -F '#{client_control_mode}' 2>/dev/null)
case "$people:$size" in
  *0*:* | *:) ;;
  *) tmux resize-window -t =main: -x "\${size%x*}" -y "\${size#*x}" \\; set-option -wu -t =main: window-size ;;
esac 2>/dev/null
exit $code`
  return ['sh', '-c', script, 'gc-attach', term, readOnly ? '-r' : '', showDetachKey ? 'hint' : '']
}
