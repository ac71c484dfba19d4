/** PowerShell below 7.3 drops empty arguments of native programs, unless they are quoted. */
export const powershell = `# Completion of kubectl-gc for PowerShell: kubectl-gc completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName 'kubectl-gc', 'kubectl-gc.exe' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or
            ($_.Extent.EndOffset -eq $cursorPosition -and $wordToComplete -eq '') } |
        ForEach-Object { $_.ToString() })
    $current = if ($wordToComplete -ne '') { $wordToComplete }
        elseif ($PSVersionTable.PSVersion -ge [version]'7.3') { '' }
        else { '""' }
    $reply = @(& kubectl-gc __complete @typed $current 2>$null)
    $before = if ($wordToComplete -match '^-[^=]*=') { $Matches[0] } else { '' }
    $reply | Where-Object { $_ -notmatch '^:\\d+$' } | ForEach-Object {
        $value, $meaning = $_ -split "\`t", 2
        if (-not $meaning) { $meaning = $value }
        [System.Management.Automation.CompletionResult]::new("$before$value", $value, 'ParameterValue', $meaning)
    }
}
`
