import { expect, test } from 'vitest'
import { tmuxLine } from '../../src/exec-provider/tmux-line.ts'

const read = (line: string) => tmuxLine(Buffer.from(line))

test.for([
  ["tmux send-keys -t main -l 'hello, world'", false, false],
  ['tmux send-keys -t main Enter', false, false],
  ['tmux send-keys -t =main: C-c', false, false],
  ['tmux capture-pane -t main -p -S -50', true, true],
  ['tmux capture-pane -p -e -J -t main:0.0 -S - -E -', true, true],
  ['tmux clear-history -t main', false, false],
  ['tmux has-session -t main', false, true],
  ['tmux show-environment -t main GC_DRAIN', true, true],
  ['tmux set-environment -t main GC_DRAIN "17 o clock"', false, false],
  ['tmux set-environment -u -t main GC_DRAIN', false, false],
  ["tmux display-message -p -t main '#{pane_pid} #{window_activity}'", true, true],
  ['tmux list-panes -t main', true, true],
] as const)('%s is taken', ([line, prints, reads]) => {
  expect(read(line)).toEqual({ words: expect.any(Array), prints, reads })
})

test.for([
  ['another program', 'kubectl get pods'],
  ['a program of a like name', 'tmuxinator start'],
  ['another command of tmux', 'tmux kill-server'],
  ['an abbreviation', 'tmux send -t main Enter'],
  ['flags of tmux itself', 'tmux -L other has-session -t main'],
  ['no target', 'tmux send-keys Enter'],
  ['another target', 'tmux send-keys -t other Enter'],
  ['another window', 'tmux capture-pane -p -t main:agent'],
  ['no output wanted', 'tmux capture-pane -t main'],
  ['a flag that is not known', 'tmux send-keys -t main -X cancel'],
  ['flags in one word', 'tmux capture-pane -pt main'],
  ['the end of a command', "tmux send-keys -t main -l 'end;'"],
  ['a second command', "tmux send-keys -t main a ';' kill-server"],
  ['a format that runs a program', "tmux display-message -p -t main '#(id)'"],
  ['a format about who asks', "tmux display-message -p -t main '#{client_name}'"],
  ['a format with the time', "tmux display-message -p -t main '%H:%M'"],
  ['a name that is none', "tmux set-environment -t main 'A B' c"],
  ['a value that is missing', 'tmux set-environment -t main A'],
  ['all variables', 'tmux show-environment -t main'],
  ['a line too long for a tmux that is run by a shell', `tmux send-keys -t main -l ${'x'.repeat(9000)}`],
  ['nothing', ''],
])('%s is left to the shell', ([, line = '']) => {
  expect(read(line)).toBeUndefined()
})

test('bytes that are no text are left to the shell', () => {
  expect(tmuxLine(Buffer.from("tmux send-keys -t main -l '\xff'", 'latin1'))).toBeUndefined()
})
