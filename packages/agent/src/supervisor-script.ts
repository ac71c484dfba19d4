import { COMMAND_HEADER, SESSION_SCRIPT } from './session-script.ts'
import { STAGING_SCRIPT } from './staging.ts'

/** Single quotes for POSIX sh. */
const quote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`

/**
 * PID 1 of the agent container, for dash, busybox ash and bash. Needs `sh` and `tmux`; uses `cat`, `cp` and `mkdir`
 * where the image has them. Arguments: mode, columns, rows, history limit, mirror (1 or 0), seconds that a staging may
 * be silent (0: there is none), the agent's directory (empty: the container's), then the agent's command in pieces.
 *
 * `session-closed` signals the channel gc-session-closed; tmux keeps a signal that nobody waits for, so none is lost.
 * `exit-empty off` keeps the server alive until the mirror has drained.
 */
export const SUPERVISOR_SCRIPT = String.raw`mode=$1 columns=$2 rows=$3 history=$4 mirror=$5 staging=$6 work=$7
shift 7
directory=${'$'}{TMUX_TMPDIR:-/tmp}
command_file=$directory/gc-command
code_file=$directory/gc-exit-code
stops=0 stopped=0 interrupts=0 interrupted=0 waiter= leader=

fail() {
  printf 'gc-supervisor: %s\n' "$2" >&2
  exit "$1"
}

has() {
  command -v "$1" >/dev/null 2>&1
}

# Signals every process group in the terminal sessions of main's panes but the group $1.
signal_main() {
  spared=$1 found= done=
  shift
  panes=" $(echo $(tmux list-panes -s -t =main -F '#{pane_pid}' 2>/dev/null)) "
  for file in /proc/[0-9]*/stat; do
    stat=
    while IFS= read -r line || [ -n "$line" ]; do stat=$line; done 2>/dev/null <"$file"
    fields=${'$'}{stat##*) }
    fields=${'$'}{fields#* } fields=${'$'}{fields#* }
    group=${'$'}{fields%% *} fields=${'$'}{fields#* }
    case $panes in *" ${'$'}{fields%% *} "*) ;; *) continue ;; esac
    case "$done $spared " in *" $group "*) continue ;; esac
    done="$done $group"
    for signal; do kill "-$signal" "-$group" 2>/dev/null && found=1; done
  done
  [ -n "$found" ]
}

obey() {
  [ "$stops" = 0 ] && [ "$interrupted" = "$interrupts" ] && return
  while [ "$interrupted" -lt "$interrupts" ]; do
    interrupted=$((interrupted + 1))
    tmux copy-mode -q -t =main: 2>/dev/null
    tmux send-keys -t =main: C-c 2>/dev/null
  done
  if [ "$stopped" -lt "$stops" ]; then
    stopped=$stops
    if [ "$stops" = 1 ]; then
      signal_main "$leader" HUP CONT || tmux kill-session -t =main 2>/dev/null
    else
      signal_main '' KILL
      tmux kill-session -t =main 2>/dev/null
    fi
  fi
  # bash does not see a signal that comes as it begins to wait: after a first one, look again.
  [ -z "$BASH_VERSION" ] || tmux run-shell -b -d 0.2 -C 'wait-for -S gc-session-closed' 2>/dev/null
}

# Makes the next "wait $waiter" return at the channel's signal, at the end of the server, or at a signal to us, even
# one that comes before the wait: traps count and end the waiter. They do no more, since bash loses signals meanwhile.
listen() {
  tmux wait-for "$1" 2>/dev/null &
  waiter=$!
}

wake() {
  [ -z "$waiter" ] || kill "$waiter" 2>/dev/null
}

prepare_home() {
  if [ -n "$HOME" ] && ! [ -d "$HOME" ] && has mkdir; then mkdir -p "$HOME" 2>/dev/null; fi
  if [ -z "$HOME" ] || [ "$HOME" = / ] || ! [ -w "$HOME" ]; then
    HOME=/tmp
    if [ -w . ] && [ "$PWD" != / ]; then HOME=$PWD; fi
    export HOME
  fi
  export CLAUDE_CONFIG_DIR="${'$'}{CLAUDE_CONFIG_DIR:-$HOME/.claude}"
  secrets=${'$'}{GC_SECRETS_DIRECTORY-/tmp/claude-secret}
  [ -n "$secrets" ] && has cp && has mkdir || return
  for file in "$secrets"/* "$secrets"/.[!.]*; do
    if [ -f "$file" ]; then mkdir -p "$HOME/.claude" && cp "$file" "$HOME/.claude/"; fi
  done 2>/dev/null
}

write_command() {
  umask 077
  printf '%s\n' ${quote(COMMAND_HEADER)}
  if [ -n "$*" ]; then
    printf '%s' "$@"
  elif [ -x /bin/bash ]; then
    printf 'exec /bin/bash'
  else
    printf 'exec /bin/sh'
  fi
}

start_server() {
  tmux -u start-server \; \
    set-option -s exit-empty off \; \
    set-option -g history-limit "$history" \; \
    set-option -g remain-on-exit off \; \
    set-option -g destroy-unattached off \; \
    set-hook -g 'session-closed[70]' 'wait-for -S gc-session-closed' \; \
    "$@"
}

# Tries again, as a server that is about to exit still takes connections and drops them.
ensure_server() {
  tries=0
  until start_server display-message -p '' >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || fail 1 'tmux does not start: run "tmux start-server" in the image to see why'
  done
}

start_main() {
  set --
  # tmux 3.3a can crash when a session is made while a control client comes: theirs is here before any of them.
  [ "$staging" != 0 ] || set -- new-session -d -s gc-control sh -c 'read -r _' \;
  set -- "$@" new-session -d -P -F '#{pane_pid}' -s main -x "$columns" -y "$rows" \
    sh -mc ${quote(SESSION_SCRIPT)} gc-session "$command_file" "$code_file" "$((mirror * 50))"
  if [ "$mirror" = 1 ]; then
    copy=cat
    has cat || copy='while IFS= read -r line || [ -n "$line" ]; do printf "%%s\n" "$line"; done'
    set -- "$@" \; pipe-pane -t =main: "{ $copy; } >>/proc/$$/fd/1; tmux wait-for -S gc-mirrored"
  fi
  start_server "$@"
}

${STAGING_SCRIPT}

trap 'interrupts=$((interrupts + 1)); wake' INT
trap 'stops=$((stops + 1)); wake' TERM
has tmux || fail 127 'this image has no tmux: add it to the image'
printf '' 2>/dev/null >"$code_file" || fail 1 "$directory is not writable: mount a volume there or set TMUX_TMPDIR"
export LANG="${'$'}{LANG:-C.UTF-8}"
prepare_home

if [ "$mode" = provision ]; then
  while :; do
    ensure_server
    listen gc-session-closed
    obey
    [ "$stops" = 0 ] || tmux has-session -t =main 2>/dev/null || break
    wait "$waiter"
  done
else
  (write_command "$@") >"$command_file" || fail 1 "$command_file cannot be written: is the volume full?"
  [ "$staging" = 0 ] || await_staging
  if [ "$stops" -gt 0 ]; then
    tmux kill-server 2>/dev/null
    exit 143
  fi
  [ -z "$work" ] || enter "$work"
  leader=$(start_main) || fail 1 'tmux does not start: its message is above'
  while
    listen gc-session-closed
    obey
    tmux has-session -t =main 2>/dev/null
  do wait "$waiter"; done
  if [ "$mirror" = 1 ]; then
    listen gc-mirrored
    wait "$waiter"
    # Runtimes lose up to 100 KB that a container prints right before it ends. A stopped one is deleted with its log.
    [ "$stops" -gt 0 ] || tmux run-shell -d 0.25 2>/dev/null
  fi
fi

IFS= read -r code <"$code_file"
tmux kill-server 2>/dev/null
if [ "$stops" -gt 1 ]; then exit "${'$'}{code:-137}"; fi
exit "${'$'}{code:-143}"
`
