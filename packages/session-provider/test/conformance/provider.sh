#!/bin/sh
# A small exec session provider: a folder a session under $STATE. $FAULT names the one thing that it does wrong.
fault() { [ "$FAULT" = "$1" ]; }
operation=$1 name=$2
session=$STATE/$name
running() { [ -f "$session/agent" ]; }
case $operation in
  protocol)
    fault handshake && { echo 'version 0'; exit; }
    fault capability && { echo '{"version":0,"capabilities":["proc.exec","report-attachment"]}'; exit; }
    echo '{"version":0,"capabilities":["proc.exec","proc.provision","report-activity","future"]}'
    ;;
  start)
    fault start && { echo 'no room' >&2; exit 1; }
    cat >/dev/null
    mkdir "$session" 2>/dev/null || { fault duplicate && exit 0; fault wording && exit 1; echo "session $name already exists" >&2; exit 1; }
    : >"$session/agent"
    ;;
  provision)
    mkdir "$session"
    fault provision && : >"$session/agent"
    :
    ;;
  stop)
    fault stop && exit 0
    fault idempotent && ! [ -d "$session" ] && exit 1
    rm -rf "$session"
    ;;
  is-running)
    if running; then echo true; else fault never-started && exit 1; echo false; fi
    ;;
  exec)
    fault exit-code && { sh -c "$(cat)" 2>&1; exit 0; }
    sh -c "$(cat)" 2>&1
    ;;
  get-last-activity)
    fault activity && { date; exit; }
    date -u +%Y-%m-%dT%H:%M:%SZ
    ;;
  process-alive)
    fault alive && { echo yes; exit; }
    if running; then echo true; else echo false; fi
    ;;
  nudge) fault hang && exec sleep 1000; cat >/dev/null; fault nudge && ! running && exit 1; : ;;
  set-meta) running && cat >"$session/$3" ;;
  get-meta)
    fault meta && { cat "$session/$3" 2>/dev/null | tr -d '"'; exit; }
    cat "$session/$3" 2>/dev/null
    :
    ;;
  remove-meta) rm -f "$session/$3" ;;
  list-running)
    for folder in "$STATE/$name"*/; do
      [ -f "$folder/agent" ] && basename "$folder"
    done
    fault list && echo gc-conformance-of-somebody-else && ls "$STATE"
    :
    ;;
  interrupt) fault interrupt && exit 3; : ;;
  *) fault unknown && exit 1; exit 2 ;;
esac
