@kubectl-gc __complete %* 2>NUL
