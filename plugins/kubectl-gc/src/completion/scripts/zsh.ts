/** Zsh shows the meanings beside the candidates. */
export const zsh = `#compdef kubectl-gc
# Completion of kubectl-gc for zsh: source <(kubectl-gc completion zsh), after compinit
_kubectl_gc() {
  local -a typed reply candidates options
  local line directive=4
  typed=("\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}")
  reply=("\${(@f)$(kubectl-gc __complete "\${typed[@]}" 2>/dev/null)}")
  if [[ \${reply[-1]} == :<-> ]]; then
    directive=\${reply[-1]#:}
    reply=("\${(@)reply[1,-2]}")
  fi
  for line in "\${reply[@]}"; do
    [[ -n $line ]] || continue
    if [[ $line == *$'\\t'* ]]; then
      candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      candidates+=("\${line//:/\\\\:}")
    fi
  done
  if [[ $PREFIX == -*=* ]]; then compset -P 1 '*='; fi
  if (( directive & 2 )); then options=(-S ''); fi
  if (( \${#candidates} )); then
    _describe -V 'kubectl gc' candidates "\${options[@]}"
  elif (( directive & 16 )); then
    _files -/
  elif (( directive == 0 )); then
    _files
  fi
}
if [[ \${funcstack[1]} == _kubectl_gc ]]; then _kubectl_gc "$@"; else compdef _kubectl_gc kubectl-gc; fi
`
