/** Bash cuts words at = and : too: the script joins them again, and cuts candidates where bash has cut the word. */
export const bash = `# Completion of kubectl-gc for bash: source <(kubectl-gc completion bash)
_kubectl_gc() {
  local words=() last=-1 glued=0 word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    case $word in
      = | : | =: | :=) if ((last >= 0)); then words[last]+=$word glued=1; continue; fi ;;
    esac
    if ((glued)); then words[last]+=$word glued=0; else words[++last]=$word; fi
  done

  local reply=() line directive=4
  while IFS= read -r line; do reply+=("$line"); done < <(kubectl-gc __complete "\${words[@]}" 2>/dev/null)
  if ((\${#reply[@]} > 0)); then
    directive=\${reply[\${#reply[@]} - 1]#:}
    unset "reply[\${#reply[@]} - 1]"
  fi

  local current=\${words[last]} cut=
  case $current in -*=*) current=\${current#*=} ;; esac
  case $current in *[:=]*) cut=\${current%"\${current##*[:=]}"} ;; esac
  COMPREPLY=()
  for line in "\${reply[@]}"; do
    line=\${line%%$'\\t'*}
    COMPREPLY+=("$(printf %q "\${line#"$cut"}")")
  done

  if ((directive & 2)); then compopt -o nospace; fi
  if ((directive & 16)); then compopt -o dirnames; fi
  if ((directive == 0)); then compopt -o default; fi
}
complete -F _kubectl_gc kubectl-gc
`
