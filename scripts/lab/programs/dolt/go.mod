module kubectl-gc/lab/dolt

go 1.26

require github.com/dolthub/dolt/go v0.40.5-0.20260422221605-73fcb4a868c2
