import { bash } from './scripts/bash.ts'
import { fish } from './scripts/fish.ts'
import { powershell } from './scripts/powershell.ts'
import { zsh } from './scripts/zsh.ts'

/** What each shell reads to complete `kubectl-gc`, the program by itself. `kubectl gc` is completed by kubectl's own. */
export const scripts = { bash, zsh, fish, powershell }
