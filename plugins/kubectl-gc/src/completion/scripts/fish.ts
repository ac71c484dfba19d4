/** Fish replaces the whole word, so what stands before = in it is put before each candidate. */
export const fish = `# Completion of kubectl-gc for fish: kubectl-gc completion fish | source
function __kubectl_gc_complete
    set -l typed (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l reply (kubectl-gc __complete $typed[2..-1] "$current" 2>/dev/null)
    set -l directive 4
    if string match --quiet --regex '^:\\d+$' -- "$reply[-1]"
        set directive (string sub --start 2 -- $reply[-1])
        set --erase reply[-1]
    end
    set -l before (string match --regex -- '^-[^=]*=' "$current")
    for line in $reply
        echo -- "$before$line"
    end
    if test (count $reply) -eq 0 -a $directive -eq 0
        __fish_complete_path "$current"
    else if test $directive -eq 16
        __fish_complete_directories "$current" ''
    end
end
complete --command kubectl-gc --no-files --arguments '(__kubectl_gc_complete)'
`
