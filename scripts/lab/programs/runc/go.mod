module kubectl-gc/lab/runc

go 1.21
